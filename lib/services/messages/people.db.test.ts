import { createECDH, randomBytes } from 'node:crypto';
import ece from 'http_ece';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { PersonActor } from '@/lib/auth';
import { sql } from '@/lib/db';
import { changeEnvironment } from '@/lib/env';
import { rejectAction } from '@/lib/services/approvals/reject';
import type { ServiceContext } from '@/lib/services/context';
import { askForApproval, type TestWorkspace } from '@/lib/services/testing/fixture';
import { gatherMessages } from './gather';
import { addBrowser, getPreferences, setPreferences, tryBrowser, tryMail } from './preferences';
import type { MailServer } from './testing/mail-server';
import { deliveriesOf, MINUTE, startOutside, type Outside } from './testing/outside';
import type { Receiver } from './testing/receiver';

let outside: Outside;
let receiver: Receiver;
let mail: MailServer;
let workspace: TestWorkspace;
let agentId: string;

beforeAll(async () => {
  outside = await startOutside();
});
afterAll(() => outside.stop());
beforeEach(async () => {
  await outside.renew();
  ({ receiver, mail, workspace, agentId } = outside);
});
const round = (laterMs?: number) => outside.round(laterMs);
const deliveries = () => deliveriesOf(workspace.id);

const reviewer = (): ServiceContext & { actor: PersonActor } => workspace.as('reviewer');

describe('mail', () => {
  it('comes to whoever asked for it, over real SMTP, with a link and no remote part', async () => {
    await setPreferences(reviewer(), { mail: 'each', digestMinutes: 30 });
    const { approvalId } = await askForApproval(workspace, agentId);
    await round();
    expect(mail.letters.map(({ to }) => to)).toEqual([[reviewer().actor.email]]);
    const { raw = '' } = mail.letters[0] ?? {};
    const text = raw.replaceAll('=\r\n', '').replaceAll('=3D', '=');
    expect(raw).toContain('Subject: CRM agent waits for approval: crm.update (medium risk)');
    expect(raw).toContain('Auto-Submitted: auto-generated');
    expect(text).toContain(`https://belay.example/${workspace.slug}/approvals/${approvalId}`);
    expect(text).not.toMatch(/<(img|script|link|iframe)|src=|url\(/i);
    expect(text).not.toContain('Ada');
  });

  it('gathers a digest, without what is over by then', async () => {
    await setPreferences(reviewer(), { mail: 'digest', digestMinutes: 10 });
    const [over] = [
      await askForApproval(workspace, agentId, { id: 'c-1', name: 'Ada' }),
      await askForApproval(workspace, agentId, { id: 'c-2', name: 'Bo' }),
    ];
    await round();
    await askForApproval(workspace, agentId, { id: 'c-3', name: 'Cy' });
    await round(5 * MINUTE);
    expect(mail.letters).toEqual([]);
    await rejectAction(workspace.as('analyst'), over.approvalId, { reason: 'not_needed' });
    await round(6 * MINUTE);
    expect(mail.letters).toHaveLength(1);
    expect(mail.letters[0]?.raw).toContain('Subject: 2 new in Belay');
    expect((await deliveries()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent']);
  });

  it('is not sent about what is over, to somebody shut out, or to the owner of the agent', async () => {
    await setPreferences(reviewer(), { mail: 'each', digestMinutes: 30 });
    await setPreferences(workspace.as('analyst'), { mail: 'each', digestMinutes: 30 });
    await sql('UPDATE agents SET owner_person_id = $2 WHERE id = $1', [
      agentId,
      reviewer().actor.personId,
    ]);
    const { approvalId } = await askForApproval(workspace, agentId);
    await gatherMessages(Date.now());
    await rejectAction(workspace.as('manager'), approvalId, { reason: 'not_needed' });
    await round();
    expect(await deliveries()).toMatchObject([{ state: 'dropped' }]);
    await sql('UPDATE people SET disabled_at = now() WHERE id = $1', [
      workspace.as('analyst').actor.personId,
    ]);
    await askForApproval(workspace, agentId, { id: 'c-2', name: 'Bo' });
    await round();
    expect(mail.letters).toEqual([]);
  });

  it('comes again after a refusal, whose words are kept', async () => {
    await setPreferences(reviewer(), { mail: 'each', digestMinutes: 30 });
    mail.refuse = true;
    await askForApproval(workspace, agentId);
    await round();
    const [failed] = await deliveries();
    expect(failed).toMatchObject({ state: 'due', last_status: 450 });
    expect(failed?.last_answer).toContain('mailbox busy');
    mail.refuse = false;
    await round(MINUTE);
    expect(mail.letters).toHaveLength(1);
  });

  it('of a test says what the mail server answered', async () => {
    expect(await tryMail(reviewer())).toMatchObject({ delivered: true, status: 250 });
    expect(mail.letters).toHaveLength(1);
    changeEnvironment({ BELAY_SMTP_URL: '', BELAY_MAIL_FROM: '' });
    expect(await tryMail(reviewer())).toMatchObject({ delivered: false, status: null });
  });
});

describe('a push', () => {
  function browser() {
    const pair = createECDH('prime256v1');
    pair.generateKeys();
    const auth = randomBytes(16).toString('base64url');
    const keys = { p256dh: pair.getPublicKey('base64url'), auth };
    return { pair, auth, input: { endpoint: `${receiver.url}/push/1`, keys, label: 'Laptop' } };
  }

  it('is encrypted for the browser alone, signed with the key browsers were given', async () => {
    const { pair, auth, input } = browser();
    const { pushKey, browsers } = await addBrowser(reviewer(), input);
    expect(browsers).toMatchObject([{ label: 'Laptop' }]);
    const { approvalId } = await askForApproval(workspace, agentId);
    receiver.answer = { status: 201, text: '' };
    await round();
    const { headers, body } = receiver.received[0] ?? { headers: {}, body: Buffer.alloc(0) };
    expect(headers['content-encoding']).toBe('aes128gcm');
    expect(headers.authorization).toContain(`k=${pushKey}`);
    const opened = ece.decrypt(body, { version: 'aes128gcm', privateKey: pair, authSecret: auth });
    expect(JSON.parse(opened.toString())).toMatchObject({
      title: 'CRM agent waits for approval: crm.update (medium risk)',
      path: `/${workspace.slug}/approvals/${approvalId}`,
    });
  });

  it('goes to no address that is no push service, and to no browser that has let go', async () => {
    const { input } = browser();
    await expect(
      addBrowser(reviewer(), { ...input, endpoint: 'http://169.254.169.254/latest' }),
    ).rejects.toMatchObject({ code: 'no_push_service' });
    const { browsers } = await addBrowser(reviewer(), input);
    await addBrowser(reviewer(), input);
    expect((await getPreferences(reviewer())).browsers).toHaveLength(1);
    await expect(tryBrowser(workspace.as('analyst'), browsers[0]?.id ?? '')).rejects.toMatchObject({
      code: 'not_found',
    });
    receiver.answer = { status: 410, text: 'unsubscribed' };
    await askForApproval(workspace, agentId);
    await round();
    expect((await getPreferences(reviewer())).browsers).toEqual([]);
  });
});
