import { expect, it } from 'vitest';
import { newId, sql } from '@/lib/db';
import { makeAgent, makeWorkspace, NOW } from '@/lib/decide/testing/fixture';
import { noteCredentialAges } from './credential-ages';
import { reassessQuietAgents } from './reassess';

const DAY = 86_400_000;

it('notes a key older than 90 days once a day, and only for agents in use', async () => {
  const workspace = await makeWorkspace();
  const [old, fresh, unused] = [
    await makeAgent(workspace),
    await makeAgent(workspace),
    await makeAgent(workspace),
  ];
  const addKey = (agent: string, days: number) =>
    sql(
      `INSERT INTO agent_keys (workspace_id, agent_id, kid, public_jwk, created_at) VALUES ($1, $2, $3, '{}', $4)`,
      [workspace, agent, newId(), new Date(NOW - days * DAY)],
    );
  await Promise.all([addKey(old, 91), addKey(fresh, 89), addKey(unused, 200)]);
  await sql('UPDATE agents SET last_seen_at = $2 WHERE id = ANY($1::uuid[])', [
    [old, fresh],
    new Date(NOW),
  ]);
  await noteCredentialAges(NOW);
  await noteCredentialAges(NOW + DAY / 2);
  const noted = () =>
    sql(`SELECT agent_id, kind FROM agent_signals WHERE workspace_id = $1`, [workspace]);
  expect(await noted()).toEqual([{ agent_id: old, kind: 'identity.credential_age' }]);
  await noteCredentialAges(NOW + 1.1 * DAY);
  expect(await noted()).toHaveLength(2 + 1);
});

it('gives a quiet agent a point on its curve', async () => {
  const workspace = await makeWorkspace();
  const agent = await makeAgent(workspace);
  await reassessQuietAgents(NOW + DAY);
  const points = await sql<{ at: Date }>('SELECT at FROM score_points WHERE agent_id = $1', [
    agent,
  ]);
  expect(points.map(({ at }) => at.getTime())).toEqual([NOW + DAY]);
});
