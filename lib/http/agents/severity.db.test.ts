import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { sql } from '@/lib/db';
import { patchAgent } from '@/lib/http/console/agents';
import { call, DAY_MS, HOUR_MS, makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { reassessQuietAgents } from '@/lib/services/upkeep/reassess';

const START = Math.floor(Date.now() / DAY_MS) * DAY_MS + 9 * HOUR_MS;
let fleet: Fleet;
const at = (ms: number) => vi.setSystemTime(START + ms);

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ['Date'] });
  await sql(
    `SELECT belay_ensure_partitions(current_date, (current_date + interval '3 months')::date)`,
  );
});
afterAll(() => {
  vi.useRealTimers();
});
beforeEach(async () => {
  at(0);
  fleet = await makeFleet();
});

const opened = async () =>
  (await fleet.incidents()).map(({ kind, severity }) => `${severity} ${kind}`).sort();

/** Evidence in every layer, so that the score stands well above the ground. */
async function earn() {
  for (const kind of ['identity.authenticated', 'behavior.in_pattern', 'context.in_scope'])
    await fleet.signals(kind, 10, 8);
  await fleet.signals('outcome.validation_passed', 60, 8);
}

describe('a fall of the score', () => {
  it('of 20 points within 7 days opens an incident of severity 2, with both scores in it', async () => {
    await earn();
    expect(await fleet.score()).toBeGreaterThan(0.3);
    await fleet.signal('identity.revoked');
    expect(await opened()).toEqual(['2 trust.score_fell']);
    const { evidence } = await fleet.incident('trust.score_fell');
    const [seen] = evidence as { scoreBefore: number; scoreAfter: number }[];
    expect((seen?.scoreBefore ?? 0) - (seen?.scoreAfter ?? 1)).toBeGreaterThanOrEqual(0.2);
  }, 60_000);
});

describe('two layers in alarm at once', () => {
  it('open an incident of severity 3 that names them', async () => {
    await fleet.signal('behavior.injection_indicator');
    expect(await opened()).toEqual([]);
    await fleet.signal('context.resource_outside_domain');
    await fleet.signal('context.resource_outside_domain');
    expect(await opened()).toEqual(['3 trust.two_alarms']);
    const { evidence } = await fleet.incident('trust.two_alarms');
    expect(evidence[0]).toMatchObject({ layers: ['behavior', 'context'] });
  });

  it('are told of once, until one of them has come to rest', async () => {
    await fleet.signal('behavior.injection_indicator');
    await fleet.signal('context.data_class_exceeded');
    const { id, evidence } = await fleet.incident('trust.two_alarms');
    await fleet.signal('context.resource_outside_domain');
    expect((await fleet.incident('trust.two_alarms')).evidence).toHaveLength(evidence.length);
    await fleet.close(id);
    await fleet.may('note.read');
    expect((await fleet.incident('trust.two_alarms')).state).toBe('closed');
  });
});

describe('a decline without recovery', () => {
  it('opens an incident of severity 3 after 14 days, once, however many processes look', async () => {
    await earn();
    for (let day = 1; day <= 14; day += 1) {
      expect(await opened()).toEqual([]);
      at(day * DAY_MS);
      await Promise.all([reassessQuietAgents(Date.now()), reassessQuietAgents(Date.now())]);
    }
    expect(await opened()).toEqual(['3 trust.no_recovery']);
    const entries = await sql(
      `SELECT subject FROM ledger_entries WHERE workspace_id = $1 AND kind = 'incident.opened'`,
      [fleet.workspace.id],
    );
    const { id } = await fleet.incident('trust.no_recovery');
    expect(entries).toEqual([{ subject: `incident:${id}` }]);
    at(15 * DAY_MS);
    await reassessQuietAgents(Date.now());
    expect((await fleet.incident('trust.no_recovery')).evidence).toHaveLength(1);
  });
});

describe('a new version', () => {
  const change = (version: string) =>
    call<{ version: string; versions: { version: string }[] }>(patchAgent, {
      method: 'PATCH',
      key: fleet.key('manager'),
      params: { id: fleet.agentId },
      body: { version },
    });
  const work = (count: number, kind: string) => fleet.signals(kind, count);

  it('is noted, has to prove itself, and is nothing when it runs already', async () => {
    at(1_000);
    expect((await change('2.0.0')).body).toMatchObject({ version: '2.0.0' });
    expect((await change('2.0.0')).body.versions.map(({ version }) => version)).toEqual([
      '2.0.0',
      '1.0.0',
    ]);
    const kinds = await fleet.ledger();
    expect(kinds.filter((kind) => kind === 'agent.version_changed')).toHaveLength(1);
    expect((await change(' ')).status).toBe(400);
  });

  it('that is worse by more than 15 points in a layer opens an incident of severity 2, once', async () => {
    await work(36, 'outcome.validation_passed');
    await work(4, 'outcome.validation_failed');
    await change('2.0.0');
    await work(20, 'outcome.validation_passed');
    await work(9, 'outcome.validation_failed');
    expect(await opened()).toEqual([]);
    await work(4, 'outcome.validation_failed');
    expect(await opened()).toEqual(['2 version.worse']);
    const { evidence, id } = await fleet.incident('version.worse');
    expect(evidence[0]).toMatchObject({ version: '2.0.0', layer: 'outcome' });
    await fleet.close(id);
    await work(4, 'outcome.validation_failed');
    expect((await fleet.incident('version.worse')).state).toBe('closed');
  });
});
