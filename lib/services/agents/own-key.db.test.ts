import { beforeEach, describe, expect, it } from 'vitest';
import type { PersonActor } from '@/lib/auth';
import { newId, sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { setRootCause } from '@/lib/services/incidents/change';
import { createIncident } from '@/lib/services/incidents/create';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { createOverride } from '@/lib/services/overrides/create';
import { endOverride } from '@/lib/services/overrides/end';
import { liftRestriction } from '@/lib/services/restrictions/lift';
import {
  makeAgent,
  makeKeyBy,
  makePerson,
  makeWorkspace,
  newPublicKey,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { makeSubject } from '@/lib/services/testing/subjects';
import { forgetEndedCredentials } from '@/lib/services/upkeep/key-expiries';
import { removeIdentitySubject } from './external/issuers';
import { getAgent } from './get';
import { revokeAgentKey } from './revoke-key';
import { rotateAgentKey } from './rotate-key';

let workspace: TestWorkspace;
let agentId: string;
/** Whoever put the agent's key in, in person and with a key of their own. */
let holders: ServiceContext[];
/** Somebody who has nothing to do with the agent. */
let other: ServiceContext;

beforeEach(async () => {
  workspace = await makeWorkspace();
  const holder = await signIn('Ann');
  other = await signIn('Bob');
  holders = [holder, await makeKeyBy(holder, 'admin')];
  agentId = (await makeAgent(workspace)).id;
  await rotateAgentKey(holder, agentId, newPublicKey());
});

async function signIn(name: string): Promise<ServiceContext> {
  const actor = await makePerson(workspace.id, 'admin', name);
  await sql(`UPDATE people SET password_hash = 'x' WHERE id = $1`, [actor.personId]);
  return { actor, now: new Date() };
}

const idOf = ({ actor }: ServiceContext): string => (actor as PersonActor).personId;

/** The holder takes the agent's only key out of service. */
async function dropOwnKey(): Promise<void> {
  const [holder] = holders as [ServiceContext];
  const [row] = await sql<{ kid: string }>(
    'SELECT kid FROM agent_keys WHERE workspace_id = $1 AND agent_id = $2 AND revoked_at IS NULL',
    [workspace.id, agentId],
  );
  await revokeAgentKey(holder, agentId, { kid: row?.kid ?? '', reason: 'Done' });
}

const pin = (context: ServiceContext, rung: number) =>
  createOverride(context, agentId, {
    rung,
    until: new Date(Date.now() + 86_400_000).toISOString(),
    reason: 'For a test',
  });
const restrict = async () => {
  const id = newId();
  await sql(
    `INSERT INTO agent_restrictions (workspace_id, id, agent_id, kind, reason, signal_kind, signal_id, since)
     VALUES ($1, $2, $3, 'quarantine', 'Read only until somebody looks', 'behavior.burst', gen_random_uuid(), now())`,
    [workspace.id, id, agentId],
  );
  return id;
};

/** What lets the agent do more: each begins anew, and is done by whoever is given. */
const WIDENINGS: readonly [string, () => Promise<(context: ServiceContext) => Promise<unknown>>][] =
  [
    ['pin it above what it earned', () => Promise.resolve((context) => pin(context, 4))],
    [
      'end the pin that holds it down',
      async () => {
        await sql('UPDATE trust_states SET rung = 4 WHERE agent_id = $1', [agentId]);
        const { override } = await pin(other, 2);
        return (context) => endOverride(context, agentId, override?.id ?? '');
      },
    ],
    [
      'lift its quarantine',
      async () => {
        const restriction = await restrict();
        return (context) => liftRestriction(context, agentId, { restriction, reason: 'Fine' });
      },
    ],
    [
      'explain what suspended it',
      async () => {
        const { id } = await createIncident(other, {
          agentId,
          severity: 1,
          title: 'It went wrong',
        });
        return (context) => setRootCause(context, id, 'A name');
      },
    ],
    [
      'release what stops it',
      async () => {
        const { id } = await setKillSwitch(other, {
          scope: { type: 'agent', value: agentId },
          mode: 'halt',
          reason: 'Look at it first',
        });
        return (context) => releaseKillSwitch(context, id, 'Fine');
      },
    ],
  ];

describe.each(WIDENINGS)('whoever put the key of an agent in does not %s', (_, begin) => {
  it('while somebody else can, who may', async () => {
    const widen = await begin();
    for (const holder of holders)
      await expect(widen(holder)).rejects.toMatchObject({ code: 'own_agent_key' });
    await widen(other);
  });

  it('when they have taken it out again', async () => {
    const widen = await begin();
    await dropOwnKey();
    for (const holder of holders)
      await expect(widen(holder)).rejects.toMatchObject({ code: 'own_agent_key' });
    await widen(other);
  });
});

describe('a key that was taken out', () => {
  const later = (days: number): ServiceContext => {
    const [holder] = holders as [ServiceContext];
    return { ...holder, now: new Date(Date.now() + days * 86_400_000) };
  };
  let held: string;
  beforeEach(async () => {
    held = await restrict();
  });
  const lift = (by: ServiceContext) =>
    liftRestriction(by, agentId, { restriction: held, reason: 'Fine' });

  it('counts for a month', async () => {
    await dropOwnKey();
    await expect(lift(later(29))).rejects.toMatchObject({ code: 'own_agent_key' });
    await lift(later(31));
  });

  it('counts the same when somebody else gave the agent another one', async () => {
    await rotateAgentKey(other, agentId, newPublicKey());
    await expect(lift(later(1))).rejects.toMatchObject({ code: 'own_agent_key' });
  });

  it('counts no more for somebody who is left alone and has given the agent another one', async () => {
    await sql(`UPDATE people SET disabled_at = now() - interval '2 days' WHERE id = $1`, [
      idOf(other),
    ]);
    await expect(lift(later(0))).rejects.toMatchObject({ code: 'own_agent_key' });
    await rotateAgentKey(later(0), agentId, newPublicKey());
    await lift(later(0));
  });

  it('counts the same as an identity from elsewhere that was taken out', async () => {
    await rotateAgentKey(other, agentId, newPublicKey());
    await sql('UPDATE agent_keys SET added_by = NULL WHERE agent_id = $1', [agentId]);
    const [issuer, subject] = await makeSubject(workspace.id, agentId, idOf(later(0)));
    await removeIdentitySubject(other, issuer, subject);
    await forgetEndedCredentials(Date.now() + 86_400_000);
    await expect(lift(later(1))).rejects.toMatchObject({ code: 'own_agent_key' });
    await lift(later(31));
  });
});

it('whoever put the key of an agent in narrows it freely, and stops no more than that agent', async () => {
  const [holder] = holders as [ServiceContext];
  await sql('UPDATE trust_states SET rung = 4 WHERE agent_id = $1', [agentId]);
  expect((await pin(holder, 2)).trust.rung).toBe(2);
  const all = await setKillSwitch(holder, {
    scope: { type: 'workspace' },
    mode: 'halt',
    reason: 'Everything',
  });
  expect((await releaseKillSwitch(holder, all.id, 'Fine')).releasedAt).not.toBeNull();
  expect((await getAgent(holder, agentId)).status).toBe('active');
});
