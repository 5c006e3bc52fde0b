import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { PersonActor } from '@/lib/auth';
import type { Json } from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import { lockTrustStates } from '@/lib/decide';
import { changeEnvironment } from '@/lib/env';
import type { ServiceContext } from '@/lib/services/context';
import { SoftwareAuthenticator } from '@/lib/services/passkeys/testing/authenticator';
import { listPasskeys } from '@/lib/services/passkeys/list';
import { createOverride } from '@/lib/services/overrides/create';
import { beginPasskey, registerPasskey } from '@/lib/services/passkeys/register';
import { removePasskey } from '@/lib/services/passkeys/remove';
import {
  askForApproval,
  ledgerKinds,
  makeAgent,
  makeKeyBy,
  makeKeyContext,
  makePerson,
  makeTool,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from './approve';
import { getApproval } from './get';
import { rejectAction } from './reject';
import { beginStepUp } from './step-up';
import { getStepUpSetting, setStepUpSetting } from './step-up-setting';

const PLACE = { rpId: 'belay.example', origin: 'https://belay.example' };

let workspace: TestWorkspace;
let agentId: string;
beforeAll(async () => {
  changeEnvironment({ BELAY_URL: PLACE.origin });
  workspace = await makeWorkspace();
  await makeTool(workspace, 'crm.update', { sideEffect: 'write', risk: 'critical' });
  agentId = (await makeAgent(workspace)).id;
  await createOverride(workspace.as('manager'), agentId, {
    rung: 4,
    until: new Date(Date.now() + 86_400_000).toISOString(),
    reason: 'For a test',
  });
});

const contextOf = (actor: PersonActor): ServiceContext & { actor: PersonActor } => ({
  actor,
  now: new Date(),
});
/** The same person with a cookie of 16 minutes. */
const longSignedIn = (actor: PersonActor): PersonActor => ({
  ...actor,
  signedInAt: new Date(Date.now() - 16 * 60_000),
});
const ask = () => askForApproval(workspace, agentId, { id: 'c-1', name: 'Ada' });

/** Adds a passkey for somebody who signed in just now. */
async function withPasskey(actor: PersonActor, key = new SoftwareAuthenticator(PLACE)) {
  const owner = contextOf(actor);
  const options = await beginPasskey(owner);
  const registration = key.create(options);
  await registerPasskey(owner, { name: 'Key of the test', registration });
  return key;
}

async function reviewerWithKey() {
  const context = contextOf(await makePerson(workspace.id, 'reviewer'));
  return { context, key: await withPasskey(context.actor) };
}

describe('a passkey', () => {
  it('is added by its person, named, listed and removed with a reason, and the ledger says so', async () => {
    const { context, key } = await reviewerWithKey();
    const [passkey] = (await listPasskeys(context.actor)).items;
    expect(passkey).toMatchObject({ name: 'Key of the test', synced: false, lastUsedAt: null });
    const owner = contextOf(context.actor);
    await removePasskey(owner, passkey?.id ?? '', 'Lost it');
    expect((await listPasskeys(context.actor)).items).toEqual([]);
    expect(await ledgerKinds(workspace.id)).toEqual(
      expect.arrayContaining(['passkey.added', 'passkey.removed']),
    );
    expect(key.counter).toBe(0);
  });

  it('is not added or removed by a sign-in of yesterday', async () => {
    const { context } = await reviewerWithKey();
    const old = contextOf(longSignedIn(context.actor));
    const refused = { code: 'recent_sign_in_needed' };
    await expect(beginPasskey(old)).rejects.toMatchObject(refused);
    const [passkey] = (await listPasskeys(context.actor)).items;
    await expect(removePasskey(old, passkey?.id ?? '', 'x')).rejects.toMatchObject(refused);
    expect((await listPasskeys(context.actor)).items).toHaveLength(1);
  });

  it('of somebody else is out of reach', async () => {
    const [mine, theirs] = [await reviewerWithKey(), await reviewerWithKey()];
    const [passkey] = (await listPasskeys(theirs.context.actor)).items;
    const owner = contextOf(mine.context.actor);
    await expect(removePasskey(owner, passkey?.id ?? '', 'x')).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it.each([
    ['that did not verify its user', { ...PLACE, verifiesUser: false }],
    ['of another site', { rpId: 'evil.example', origin: 'https://evil.example' }],
  ])('%s is not taken', async (_name, place) => {
    const actor = await makePerson(workspace.id, 'reviewer');
    await expect(withPasskey(actor, new SoftwareAuthenticator(place))).rejects.toMatchObject({
      code: 'passkey_not_made',
    });
  });

  it('is made for one challenge, once', async () => {
    const actor = await makePerson(workspace.id, 'reviewer');
    const owner = contextOf(actor);
    const registration = new SoftwareAuthenticator(PLACE).create(await beginPasskey(owner));
    await registerPasskey(owner, { name: 'One', registration });
    await expect(registerPasskey(owner, { name: 'Two', registration })).rejects.toMatchObject({
      code: 'passkey_not_made',
    });
  });
});

describe('approving a critical call', () => {
  const target = 'c-1';

  it('needs the passkey of whoever has one, and the ledger names it', async () => {
    const { context, key } = await reviewerWithKey();
    const { approvalId, digest } = await ask();
    await expect(approveAction(context, approvalId, { digest, target })).rejects.toMatchObject({
      kind: 'unprocessable',
      code: 'step_up_needed',
    });
    const assertion = key.get(await beginStepUp(context, approvalId, { digest }));
    const after = await approveAction(context, approvalId, { digest, target, assertion });
    expect(after.state).toBe('approved');
    const [entry] = await sql<{ text: string }>(
      `SELECT convert_from(bytes, 'UTF8') AS text FROM ledger_entries
       WHERE workspace_id = $1 AND kind = 'approval.approved' AND subject = $2`,
      [workspace.id, `approval:${approvalId}`],
    );
    expect(entry?.text).toContain(`"passkey":"${key.credentialId.toString('base64url')}"`);
    const [passkey] = (await listPasskeys(context.actor)).items;
    expect(passkey?.lastUsedAt).not.toBeNull();
  });

  it('needs none of somebody without a passkey, of a program nobody is behind, or to reject', async () => {
    const [first, second, third] = [await ask(), await ask(), await ask()];
    const plain = contextOf(await makePerson(workspace.id, 'reviewer'));
    const { digest } = first;
    await approveAction(plain, first.approvalId, { digest, target });
    await approveAction(await makeKeyContext(workspace, 'reviewer'), second.approvalId, {
      digest: second.digest,
    });
    const { context } = await reviewerWithKey();
    await rejectAction(context, third.approvalId, { reason: 'unsafe' });
  });

  it('is not spared by an API key of whoever has one, in any mode', async () => {
    const { approvalId, digest } = await ask();
    const admin = contextOf(await makePerson(workspace.id, 'admin'));
    const key = await makeKeyBy(admin, 'reviewer');
    expect((await getApproval(key, approvalId)).mayDecide).toEqual({ allowed: true });
    await withPasskey(admin.actor);
    const refused = { code: 'person_needed' };
    await expect(approveAction(key, approvalId, { digest })).rejects.toMatchObject(refused);
    const ofKey = await makeKeyBy(await makeKeyBy(admin, 'admin'), 'reviewer');
    await expect(approveAction(ofKey, approvalId, { digest })).rejects.toMatchObject(refused);
    const { mayDecide } = await getApproval(key, approvalId);
    expect(mayDecide).toMatchObject({ allowed: false, rejectOnly: true, why: /passkey/ });
    await rejectAction(key, approvalId, { reason: 'unsafe' });
  });

  it('is locked before the trust of the agent, like everything that a verdict locks', async () => {
    const { context, key } = await reviewerWithKey();
    const { approvalId, digest } = await ask();
    const assertion = key.get(await beginStepUp(context, approvalId, { digest }));
    let verdict: Promise<unknown> = Promise.resolve();
    await withTransaction(async (run) => {
      await lockTrustStates(run, workspace.id, [agentId]);
      verdict = approveAction(context, approvalId, { digest, target, assertion });
      await vi.waitFor(async () => {
        const free = await sql(
          'SELECT 1 FROM passkeys WHERE person_id = $1 FOR UPDATE SKIP LOCKED',
          [context.actor.personId],
        );
        expect(free).toEqual([]);
      });
    });
    await expect(verdict).resolves.toMatchObject({ state: 'approved' });
  });

  it('is for nobody without a passkey where the workspace demands one', async () => {
    const { approvalId, digest } = await ask();
    const plain = contextOf(await makePerson(workspace.id, 'reviewer'));
    const set = (mode: 'required' | 'when_registered') =>
      setStepUpSetting(workspace.as('admin'), { mode, reason: 'A test' });
    await set('required');
    const refused = { code: 'passkey_required' };
    await expect(approveAction(plain, approvalId, { digest, target })).rejects.toMatchObject(
      refused,
    );
    // The page knows it before; it is nothing that keeps a person with a passkey from it, or a program.
    const mayApprove = async (context: ServiceContext) =>
      (await getApproval(context, approvalId)).mayApprove;
    expect(await mayApprove(plain)).toMatchObject({
      allowed: false,
      code: 'passkey_required',
      why: /Settings/,
    });
    expect(await mayApprove((await reviewerWithKey()).context)).toEqual({ allowed: true });
    expect(await mayApprove(await makeKeyContext(workspace, 'reviewer'))).toEqual({
      allowed: true,
    });
    await expect(beginStepUp(plain, approvalId, { digest })).rejects.toMatchObject(refused);
    // A key that somebody made is no way around it; one of the command line has nobody who could have a passkey.
    await expect(
      approveAction(await makeKeyBy(workspace.as('admin'), 'reviewer'), approvalId, { digest }),
    ).rejects.toMatchObject({ code: 'person_needed' });
    const other = await ask();
    await approveAction(await makeKeyContext(workspace, 'reviewer'), other.approvalId, {
      digest: other.digest,
    });
    await set('when_registered');
    await expect(approveAction(plain, approvalId, { digest, target })).resolves.toMatchObject({
      state: 'approved',
    });
    await expect(
      setStepUpSetting(workspace.as('manager'), { mode: 'required', reason: 'x' }),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is asked of fewer people only by somebody who has signed in just now', async () => {
    const { actor } = workspace.as('admin');
    const old = contextOf(longSignedIn(actor));
    const mode = async () => (await getStepUpSetting(old)).mode;
    await setStepUpSetting(old, { mode: 'required', reason: 'Demanding more' });
    const lower = { mode: 'when_registered', reason: 'Demanding less' } as const;
    await expect(setStepUpSetting(old, lower)).rejects.toMatchObject({
      kind: 'forbidden',
      code: 'recent_sign_in_needed',
    });
    await expect(
      setStepUpSetting(contextOf({ ...actor, signedInAt: null }), lower),
    ).rejects.toMatchObject({ code: 'recent_sign_in_needed' });
    await expect(
      setStepUpSetting(await makeKeyBy(workspace.as('admin'), 'admin'), lower),
    ).rejects.toMatchObject({ code: 'person_needed' });
    expect(await mode()).toBe('required');
    // To say again what holds is no lowering.
    await setStepUpSetting(old, { mode: 'required', reason: 'Once more' });
    await setStepUpSetting(workspace.as('admin'), lower);
    await setStepUpSetting(old, lower);
    expect(await mode()).toBe('when_registered');
    // Nobody stands behind a key of the command line, and whoever has that has the database.
    await setStepUpSetting(old, { mode: 'required', reason: 'Demanding more' });
    await setStepUpSetting(await makeKeyContext(workspace, 'admin'), lower);
    expect(await mode()).toBe('when_registered');
  });

  const refused = { code: 'step_up_failed' };

  it('refuses a proof for another approval, of another person, for other edits, or given twice', async () => {
    const { context, key } = await reviewerWithKey();
    const [one, two] = [await ask(), await ask()];
    const digest = one.digest;
    const proof = async (edits?: Record<string, Json>) =>
      key.get(await beginStepUp(context, one.approvalId, { digest, edits }));
    const give = (id: string, assertion: ReturnType<typeof key.get>) =>
      approveAction(context, id, { digest, target, assertion });
    await expect(give(two.approvalId, await proof())).rejects.toMatchObject(refused);
    await expect(
      give(one.approvalId, await proof({ id: 'c-1', name: 'Eve' })),
    ).rejects.toMatchObject(refused);
    const other = await reviewerWithKey();
    const theirs = other.key.get(await beginStepUp(other.context, one.approvalId, { digest }));
    await expect(give(one.approvalId, theirs)).rejects.toMatchObject(refused);
    const stale = await proof();
    const fresh = await proof();
    await expect(give(one.approvalId, stale)).rejects.toMatchObject(refused);
    await give(one.approvalId, fresh);
    await expect(give(two.approvalId, fresh)).rejects.toMatchObject(refused);
    expect(
      await sql('SELECT 1 FROM approvals WHERE id = $1 AND state = $2', [
        two.approvalId,
        'pending',
      ]),
    ).toHaveLength(1);
  });

  it('binds the proof to the edits that run', async () => {
    const { context, key } = await reviewerWithKey();
    const { approvalId, digest } = await ask();
    const edits = { id: 'c-1', name: 'Grace' };
    const assertion = key.get(await beginStepUp(context, approvalId, { digest, edits }));
    const after = await approveAction(context, approvalId, { digest, target, edits, assertion });
    expect(after.verdict?.edit?.arguments).toEqual(edits);
  });

  it('refuses a proof that is older than two minutes', async () => {
    const { context, key } = await reviewerWithKey();
    const { approvalId, digest } = await ask();
    const before = { ...context, now: new Date(context.now.getTime() - 121_000) };
    const assertion = key.get(await beginStepUp(before, approvalId, { digest }));
    await expect(
      approveAction(context, approvalId, { digest, target, assertion }),
    ).rejects.toMatchObject(refused);
  });

  it('refuses a copied key, whose counter did not rise, and one that did not verify its user', async () => {
    const { context, key } = await reviewerWithKey();
    const [one, two] = [await ask(), await ask()];
    const prove = async ({ approvalId, digest }: typeof one) =>
      approveAction(context, approvalId, {
        digest,
        target,
        assertion: key.get(await beginStepUp(context, approvalId, { digest })),
      });
    await prove(one);
    key.counter = 0;
    await expect(prove(two)).rejects.toMatchObject(refused);
    await prove(two);
  });

  it('refuses a signature by a key that only claims the name of a registered one', async () => {
    const { context, key } = await reviewerWithKey();
    const { approvalId, digest } = await ask();
    const forger = new SoftwareAuthenticator(PLACE);
    const options = await beginStepUp(context, approvalId, { digest });
    const forged = { ...forger.get(options), id: key.credentialId.toString('base64url') };
    await expect(
      approveAction(context, approvalId, {
        digest,
        target,
        assertion: { ...forged, rawId: forged.id },
      }),
    ).rejects.toMatchObject(refused);
  });
});
