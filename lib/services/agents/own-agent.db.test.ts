import { beforeEach, describe, expect, it } from 'vitest';
import { sql, withTransaction } from '@/lib/db';
import { applySignals } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { setRootCause } from '@/lib/services/incidents/change';
import { createIncident } from '@/lib/services/incidents/create';
import { createOverride } from '@/lib/services/overrides/create';
import { endOverride } from '@/lib/services/overrides/end';
import { liftRestriction } from '@/lib/services/restrictions/lift';
import {
  makeAgent,
  makeKeyBy,
  makeKeyContext,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { getAgent } from './get';

let workspace: TestWorkspace;
let agentId: string;
/** The owner, and a key of a key of theirs. */
let owners: ServiceContext[];

beforeEach(async () => {
  workspace = await makeWorkspace();
  const admin = workspace.as('admin');
  owners = [admin, await makeKeyBy(await makeKeyBy(admin, 'admin'), 'admin')];
  agentId = (await makeAgent(workspace, { owner: admin.actor.email })).id;
});

const own: unknown = expect.objectContaining({ kind: 'forbidden', code: 'own_agent' });
const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
const pin = (context: ServiceContext, rung: number, days = 10) =>
  createOverride(context, agentId, { rung, until: inDays(days), reason: 'For a test' });
const earn = (rung: number) =>
  sql('UPDATE trust_states SET rung = $2 WHERE agent_id = $1', [agentId, rung]);

describe('an owner and the pins of their agent', () => {
  it('pin it lower, and never higher', async () => {
    for (const owner of owners) await expect(pin(owner, 4)).rejects.toEqual(own);
    await earn(3);
    expect((await pin(workspace.as('admin'), 2)).trust.rung).toBe(2);
    expect((await pin(workspace.as('manager'), 4)).trust.rung).toBe(4);
  });

  it('do not raise, shorten or end the pin that holds it down', async () => {
    await earn(4);
    const held = await pin(workspace.as('manager'), 2);
    for (const owner of owners) {
      await expect(pin(owner, 3)).rejects.toEqual(own);
      await expect(pin(owner, 2, 1)).rejects.toEqual(own);
      await expect(endOverride(owner, agentId, held.override?.id ?? '')).rejects.toEqual(own);
    }
    expect((await pin(workspace.as('admin'), 1, 11)).trust.rung).toBe(1);
  });

  it('end a pin that lifts it', async () => {
    const lifted = await pin(workspace.as('manager'), 4);
    const ended = await endOverride(workspace.as('admin'), agentId, lifted.override?.id ?? '');
    expect(ended.override).toBeNull();
  });
});

describe('an owner and what holds their agent back', () => {
  it('do not lift a restriction', async () => {
    const now = Date.now();
    await withTransaction((run) =>
      applySignals(run, {
        workspaceId: workspace.id,
        agentId,
        now,
        actor: 'system',
        signals: [
          {
            kind: 'behavior.error_rate',
            source: 'system',
            sourceClass: 'system',
            magnitude: 1,
            detail: {},
          },
        ],
      }),
    );
    const [restriction] = (await getAgent(workspace.as('viewer'), agentId)).restrictions;
    const lift = (context: ServiceContext) =>
      liftRestriction(context, agentId, { restriction: restriction?.id ?? '', reason: 'Looked' });
    for (const owner of owners) await expect(lift(owner)).rejects.toEqual(own);
    expect((await lift(workspace.as('analyst'))).restrictions).toEqual([]);
  });

  it('do not write the root cause that lets it work again, and may write any other', async () => {
    const open = (severity: 1 | 2) =>
      createIncident(workspace.as('analyst'), { agentId, severity, title: 'It went wrong' });
    const first = await open(1);
    const second = await open(1);
    const small = await open(2);
    const explain = (context: ServiceContext, id: string) => setRootCause(context, id, 'A name');
    const status = async () => (await getAgent(workspace.as('viewer'), agentId)).status;
    await explain(workspace.as('admin'), small.id);
    await explain(workspace.as('admin'), first.id);
    for (const owner of owners) await expect(explain(owner, second.id)).rejects.toEqual(own);
    expect(await status()).toBe('suspended');
    await explain(await makeKeyContext(workspace, 'admin'), second.id);
    expect(await status()).toBe('active');
  });
});
