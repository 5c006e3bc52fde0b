/** What ends a chain of agents while a task is on its way. */
import { beforeAll, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import { codeOf, makeRelay, redeemNote } from '@/lib/http/testing/relay';
import { makeSigningAgent, pinRung, type SigningAgent } from '@/lib/http/testing/signing-agents';
import { revokeAgentKey } from '@/lib/services/agents/revoke-key';
import { revokeAgent } from '@/lib/services/agents/revoke';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { nobody, type TestWorkspace } from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let writer: SigningAgent;

beforeAll(async () => {
  ({ workspace, writer } = await makeRelay());
});

describe('a chain', () => {
  it('stops with a kill switch on any link, also for what was allowed and has not run', async () => {
    const own = await makeSigningAgent(workspace, { name: 'halted' });
    const token = await writer.actFor(await own.token());
    const allowed = await writer.evaluate(token, 'note.write');
    expect(allowed.body.decision).toBe(true);
    const scope = { type: 'agent', value: own.id } as const;
    const stop = await setKillSwitch(nobody(workspace), { scope, mode: 'halt', reason: 'Look' });
    expect(await writer.may(token, 'note.write')).toBe('delegation.stopped');
    expect(await writer.may(await writer.token(), 'note.write')).toBe('allow');
    expect(await redeemNote(writer, token, allowed.body.context.id)).toBe('stopped');
    expect(await codeOf(writer.exchange(await own.token()))).toBe(
      '400 invalid_grant chain_stopped',
    );
    await releaseKillSwitch(nobody(workspace), stop.id, 'Fine');
    // The switch ended the pin of the link, and with it what the action was trusted for.
    expect(await redeemNote(writer, token, allowed.body.context.id)).toBe('trust_fell');
    await pinRung(workspace, own.id, 4);
    expect(await redeemNote(writer, token, allowed.body.context.id)).toBe('redeemed');
  });

  it('ends with the key of a link, also for what was allowed and has not run', async () => {
    const own = await makeSigningAgent(workspace, { name: 'taken' });
    const token = await writer.actFor(await own.token());
    const { body } = await writer.evaluate(token, 'note.write');
    expect(body.decision).toBe(true);
    const [key] = await sql<{ kid: string }>(
      'SELECT kid FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2',
      [workspace.id, own.id],
    );
    const stolen = { kid: key?.kid ?? '', reason: 'Stolen' };
    await revokeAgentKey(workspace.as('manager'), own.id, stolen);
    expect(await redeemNote(writer, await writer.token(), body.context.id)).toBe('stopped');
  });

  it('ends with the suspension or revocation of a link, at the next request', async () => {
    const own = await makeSigningAgent(workspace, { name: 'gone' });
    const subject = await own.token();
    const token = await writer.actFor(subject);
    await sql(`UPDATE agents SET status = 'suspended' WHERE workspace_id = $1 AND id = $2`, [
      workspace.id,
      own.id,
    ]);
    expect(await writer.may(token, 'note.read')).toBe('delegation.suspended');
    expect(await codeOf(writer.exchange(subject))).toBe('400 invalid_grant chain_stopped');
    await sql(`UPDATE agents SET status = 'active' WHERE workspace_id = $1 AND id = $2`, [
      workspace.id,
      own.id,
    ]);
    expect(await writer.may(token, 'note.read')).toBe('allow');
    await revokeAgent(nobody(workspace), own.id, 'Over');
    expect(await writer.may(token, 'note.read')).toBe('delegation.revoked');
    expect(await codeOf(writer.exchange(subject))).toBe('400 invalid_grant chain_stopped');
  });
});
