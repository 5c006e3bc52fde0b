/** An admin who shuts out or lowers everybody else, acts, and lets them in again. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonRole } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { rotateAgentKey } from '@/lib/services/agents/rotate-key';
import { approveAction } from '@/lib/services/approvals/approve';
import type { ServiceContext } from '@/lib/services/context';
import { createOverride } from '@/lib/services/overrides/create';
import { changePerson, type PersonChange } from '@/lib/services/people/change';
import {
  askToWrite,
  makeAskingAgent,
  makePerson,
  makeWorkspace,
  newPublicKey,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';

let workspace: TestWorkspace;
let admin: ServiceContext;
let other: string;
let agentId: string;

async function signIn(role: PersonRole, name: string): Promise<ServiceContext> {
  const actor = await makePerson(workspace.id, role, name);
  await sql(`UPDATE people SET password_hash = 'x' WHERE id = $1`, [actor.personId]);
  return { actor, now: new Date() };
}
const idOf = ({ actor }: ServiceContext) => (actor.kind === 'person' ? actor.personId : '');

beforeEach(async () => {
  workspace = await makeWorkspace();
  admin = await signIn('admin', 'Ada');
  other = idOf(await signIn('reviewer', 'Grace'));
  agentId = (await makeAskingAgent(workspace)).id;
});

const change = (made: PersonChange) => changePerson(admin, other, made);
const holdKey = () => rotateAgentKey(admin, agentId, newPublicKey());
async function approve(): Promise<void> {
  const { approval, digest } = await askToWrite(workspace, agentId);
  await approveAction(admin, approval?.id ?? '', { digest });
}
const pin = () =>
  createOverride(admin, agentId, {
    rung: 4,
    until: new Date(Date.now() + 86_400_000).toISOString(),
    reason: 'More',
  });
/** The clock is the database's, so what was written is moved back instead. */
const aDayPasses = () =>
  sql(
    `WITH lowered AS (UPDATE memberships SET decided_until = decided_until - interval '25 hours' WHERE workspace_id = $1 RETURNING person_id)
     UPDATE people SET disabled_at = disabled_at - interval '25 hours' WHERE id IN (SELECT person_id FROM lowered)`,
    [workspace.id],
  );
const OWN_KEY: unknown = expect.objectContaining({ code: 'own_agent_key' });

describe('whoever makes themselves alone', () => {
  it.each<[string, PersonChange]>([
    ['shutting out', { disabled: true }],
    ['lowering', { role: 'viewer' }],
    ['shutting out and lowering', { disabled: true, role: 'viewer' }],
  ])('by %s the others decides nothing alone within a day', async (_how, alone) => {
    await change(alone);
    await holdKey();
    await expect(approve()).rejects.toEqual(OWN_KEY);
    await expect(pin()).rejects.toEqual(OWN_KEY);
    await change({ disabled: false, role: 'reviewer' });
    await expect(approve()).rejects.toEqual(OWN_KEY);
  });

  it.each<[string, PersonChange]>([
    ['shut out', { disabled: true }],
    ['lowered', { role: 'viewer' }],
  ])('is alone a day after the others were %s, with a key put in after it', async (_how, alone) => {
    await change(alone);
    await holdKey();
    await aDayPasses();
    await expect(approve()).rejects.toEqual(OWN_KEY);
    await holdKey();
    await approve();
    expect((await pin()).trust.rung).toBe(4);
  });

  it('cannot stretch the day by lowering somebody who was shut out long ago', async () => {
    await change({ disabled: true });
    await aDayPasses();
    await change({ role: 'viewer' });
    await holdKey();
    await approve();
  });
});
