import { createHmac } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  SIGNAL_TYPE_PREFIX,
  evidenceSourceInputSchema,
  type EvidenceSource,
} from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import { signalsHandler } from '@/lib/http/agents/signals';
import { call, makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { makeSigningAgent } from '@/lib/http/testing/signing-agents';
import { recordBuild } from '@/lib/services/intake/ci';
import {
  addEvidenceSource,
  changeEvidenceSource,
  listEvidenceSources,
  rotateEvidenceSource,
} from '@/lib/services/intake/sources';

const HOUR_MS = 3_600_000;
const FIRST = 'the first secret of a build';
const SECOND = 'the second secret of a build';
let fleet: Fleet;

beforeEach(async () => {
  fleet = await makeFleet();
});

const admin = (now = new Date()) => ({ ...fleet.workspace.as('admin'), now });
const add = (input: Record<string, unknown>) =>
  addEvidenceSource(admin(), evidenceSourceInputSchema.parse(input));
const standing = async (): Promise<EvidenceSource | undefined> =>
  (await listEvidenceSources(admin())).items[0];
const refusal = (code: string) => expect.objectContaining({ code }) as unknown;

describe('a source of evidence in hand', () => {
  it('shows what was taken today and when, and what was turned away', async () => {
    await add({ protocol: 'cloudevents', name: 'test/telemetry', dailyCap: 2 });
    expect(await standing()).toMatchObject({ takenToday: 0, refusedToday: 0, lastTakenAt: null });
    const before = Date.now();
    for (let n = 0; n < 2; n += 1)
      expect((await fleet.signal('outcome.validation_failed')).status).toBe(202);
    const one = await standing();
    expect(one).toMatchObject({ takenToday: 2, refusedToday: 0 });
    expect(Date.parse(one?.lastTakenAt ?? '')).toBeGreaterThanOrEqual(before);
    expect((await fleet.signal('outcome.validation_failed')).status).toBe(429);
    expect(await standing()).toMatchObject({ takenToday: 2, refusedToday: 1 });
    expect(await standing()).toMatchObject({ lastTakenAt: one?.lastTakenAt });
  });

  it('counts what is wrong as turned away, and a delivery that is refused whole as all of it', async () => {
    await add({ protocol: 'cloudevents', name: 'test/telemetry' });
    expect((await fleet.signal('outcome.unheard_of')).status).toBe(422);
    expect(await standing()).toMatchObject({ takenToday: 0, refusedToday: 1, lastTakenAt: null });
  });

  it('is not used up by what an agent says of itself in its name', async () => {
    await add({ protocol: 'cloudevents', name: 'test/telemetry', dailyCap: 1 });
    const agent = await makeSigningAgent(fleet.workspace, { name: 'talkative' });
    const spoken = await call(signalsHandler, {
      key: await agent.token(),
      body: [1, 2, 3].map((n) => ({
        specversion: '1.0',
        id: `own-${n}`,
        source: 'test/telemetry',
        type: `${SIGNAL_TYPE_PREFIX}outcome.validation_failed`,
        subject: agent.id,
      })),
    });
    expect(spoken.status).toBe(202);
    expect(await standing()).toMatchObject({ takenToday: 0, refusedToday: 0, lastTakenAt: null });
    expect((await fleet.signal('outcome.validation_failed')).status).toBe(202);
  });

  it('rests while it is paused, says so, and goes on with the limit it had', async () => {
    const { id } = await add({ protocol: 'cloudevents', name: 'test/telemetry', dailyCap: 7 });
    const paused = await changeEvidenceSource(admin(), id, { paused: true });
    expect(paused.pausedAt).not.toBeNull();
    const refused = await fleet.signal('outcome.validation_failed');
    expect(refused).toMatchObject({ status: 429, body: { code: 'source_paused' } });
    expect(await changeEvidenceSource(admin(), id, { weight: 0.25 })).toMatchObject({
      pausedAt: paused.pausedAt,
      weight: 0.25,
      dailyCap: 7,
    });
    await changeEvidenceSource(admin(), id, { paused: false });
    expect((await fleet.signal('outcome.validation_failed')).status).toBe(202);
    expect(await standing()).toMatchObject({ pausedAt: null, takenToday: 1, refusedToday: 1 });
  });

  it('takes deliveries signed with the secret before for a day, and with it no longer then', async () => {
    const { id } = await add({ protocol: 'ci', name: 'build', secret: FIRST });
    const deliver = (secret: string, build: string, now = Date.now()) => {
      const body = JSON.stringify({ id: build, agent: fleet.agentId, result: 'passed' });
      return recordBuild(
        {
          source: id,
          signature: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`,
          event: 'plain',
          body: new TextEncoder().encode(body),
          parse: () => JSON.parse(body) as unknown,
        },
        now,
      );
    };
    const rotated = await rotateEvidenceSource(admin(), id, SECOND);
    expect(JSON.stringify(rotated)).not.toContain(SECOND);
    const until = Date.parse(rotated.previousSecretUntil ?? '');
    expect(Math.round((until - Date.now()) / HOUR_MS)).toBe(24);
    expect(await deliver(FIRST, 'one')).toMatchObject({ accepted: 1 });
    expect(await deliver(SECOND, 'two')).toMatchObject({ accepted: 1 });
    await expect(deliver(FIRST, 'three', until + 1)).rejects.toEqual(refusal('bad_signature'));
    await expect(deliver('a third secret of a build', 'four')).rejects.toEqual(
      refusal('bad_signature'),
    );
  });

  it('that is removed while it sends is no failure of what it sends', async () => {
    const { id } = await add({ protocol: 'cloudevents', name: 'test/telemetry' });
    let sending: ReturnType<Fleet['signal']> | undefined;
    await withTransaction(async (sql) => {
      await sql('DELETE FROM evidence_sources WHERE workspace_id = $1 AND id = $2', [
        fleet.workspace.id,
        id,
      ]);
      sending = fleet.signal('outcome.validation_failed');
      await new Promise((resolve) => setTimeout(resolve, 300));
    });
    expect((await sending)?.status).toBe(202);
  });

  it('is changed by admins of its own workspace alone, and the ledger says how', async () => {
    const { id } = await add({ protocol: 'otlp', name: '*' });
    const manager = fleet.workspace.as('manager');
    await expect(changeEvidenceSource(manager, id, { paused: true })).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await expect(rotateEvidenceSource(manager, id, SECOND)).rejects.toMatchObject({
      kind: 'forbidden',
    });
    const stranger = (await makeFleet()).workspace.as('admin');
    await expect(changeEvidenceSource(stranger, id, { paused: true })).rejects.toMatchObject({
      kind: 'not_found',
    });
    await expect(rotateEvidenceSource(admin(), id, SECOND)).rejects.toEqual(refusal('no_secret'));
    await changeEvidenceSource(admin(), id, { dailyCap: 5 });
    expect(await fleet.ledger()).toContain('evidence_source.changed');
    expect(await standing()).toMatchObject({ dailyCap: 5, pausedAt: null });
  });
});
