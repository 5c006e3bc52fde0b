import { actorRef, requirePermission, type AgentActor, type KeyActor } from '@/lib/auth';
import { DomainError, SIGNAL_TYPE_PREFIX, type CloudEvent } from '@/lib/contracts';
import { isUuid, newId, withTransaction, type Sql } from '@/lib/db';
import { appendLedger, applySignalsToMany, type NewSignal } from '@/lib/decide';
import { SIGNAL_CATALOGUE } from '@/lib/trust';

/** How far clocks of sources may run ahead, and how old evidence may be, in milliseconds. */
const MAX_AHEAD_MS = 5 * 60_000;
const MAX_AGE_MS = 365 * 86_400_000;

interface Context {
  readonly actor: AgentActor | KeyActor;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface Recorded extends NewSignal {
  readonly id: string;
  readonly agentId: string;
  readonly externalId: string;
  readonly externalSource: string;
}

/**
 * Takes evidence from outside: all events of a call or none. `source` and `id` of an event make it idempotent.
 *
 * @throws DomainError `forbidden`; 422 `signals_refused` with an entry for each event that cannot be taken
 */
export async function recordSignals(
  context: Context,
  events: readonly CloudEvent[],
): Promise<{ accepted: number; duplicates: number }> {
  const { actor, now } = context;
  if (actor.kind === 'key') requirePermission(actor, 'signals.record');
  const signals = events.map((event) => signalOf(context, event));
  const { workspaceId } = actor;
  return withTransaction(async (sql) => {
    const agentIds = [...new Set(signals.map((signal) => signal.agentId))].sort();
    await requireAgents(sql, workspaceId, agentIds, signals);
    const fresh = await keepReceipts(sql, workspaceId, signals, now);
    const agents = agentIds.flatMap((agentId) => {
      const own = fresh.filter((signal) => signal.agentId === agentId);
      return own.length === 0 ? [] : [{ agentId, signals: own, actor: actorRef(actor) }];
    });
    const applied = await applySignalsToMany(sql, { workspaceId, now, agents });
    const notes = applied.flatMap((one) => one.notes);
    const announcements = applied.flatMap((one) => one.announcements);
    if (notes.length > 0) await appendLedger(sql, workspaceId, notes, announcements, now);
    return { accepted: fresh.length, duplicates: signals.length - fresh.length };
  });
}

function signalOf({ actor, now }: Context, event: CloudEvent): Recorded {
  const agentId =
    event.subject ?? event.data?.agent ?? (actor.kind === 'agent' ? actor.agentId : '');
  const kind = event.type.slice(SIGNAL_TYPE_PREFIX.length);
  const at = event.time === undefined ? now : Date.parse(event.time);
  const why = refusal({ actor, agentId, kind, at, now });
  if (why !== undefined) throw refused(event.id, why);
  const { magnitude, decision, detail } = event.data ?? {};
  return {
    id: newId(now),
    at,
    kind,
    agentId,
    externalId: event.id,
    externalSource: receiptSource(actor, event.source),
    source:
      actor.kind === 'agent' ? `agent:${actor.agentId}` : `${actorRef(actor)} ${event.source}`,
    sourceClass: actor.kind === 'agent' ? 'self' : 'system',
    ...(magnitude === undefined ? {} : { magnitude }),
    ...(decision !== undefined && isUuid(decision) ? { decisionId: decision } : {}),
    ...(detail === undefined ? {} : { detail }),
  };
}

/** An agent's receipts are its own: it must not use up the ids of the systems that report about it. */
const receiptSource = (actor: Context['actor'], source: string): string =>
  actor.kind === 'agent' ? `agent:${actor.agentId} ${source}` : source;

function refusal(
  signal: Context & { agentId: string; kind: string; at: number },
): string | undefined {
  const { actor, agentId, kind, at, now } = signal;
  if (!Object.hasOwn(SIGNAL_CATALOGUE, kind)) return `there is no kind of signal "${kind}"`;
  if (agentId === '') return 'name the agent in "subject"';
  if (actor.kind === 'agent' && agentId !== actor.agentId)
    return 'an agent can only give evidence about itself';
  if (!isUuid(agentId)) return `there is no agent "${agentId.slice(0, 64)}" in this workspace`;
  if (at > now + MAX_AHEAD_MS) return 'its time lies in the future: check the clock of the source';
  if (at < now - MAX_AGE_MS) return 'it is older than 365 days';
  return undefined;
}

const refused = (id: string, why: string) =>
  new DomainError(
    'unprocessable',
    'signals_refused',
    `The event "${id}" cannot be taken: ${why}. No event of this call was recorded.`,
    {
      errors: [{ path: id, message: why }],
    },
  );

async function requireAgents(
  sql: Sql,
  workspaceId: string,
  agentIds: readonly string[],
  signals: readonly Recorded[],
): Promise<void> {
  const rows = await sql<{ id: string }>(
    'SELECT id FROM agents WHERE workspace_id = $1 AND id = ANY($2::uuid[])',
    [workspaceId, agentIds],
  );
  const known = new Set(rows.map((row) => row.id));
  const stray = signals.find((signal) => !known.has(signal.agentId.toLowerCase()));
  if (stray !== undefined)
    throw refused(stray.externalId, `there is no agent "${stray.agentId}" in this workspace`);
}

/** The signals that were not there before. */
async function keepReceipts(
  sql: Sql,
  workspaceId: string,
  signals: readonly Recorded[],
  now: number,
): Promise<Recorded[]> {
  const rows = await sql<{ signal_id: string }>(
    `INSERT INTO signal_receipts (workspace_id, source, external_id, signal_id, received_at)
     SELECT $1, s.source, s.external_id, s.signal_id, $5
     FROM unnest($2::text[], $3::text[], $4::uuid[]) AS s (source, external_id, signal_id)
     ON CONFLICT DO NOTHING RETURNING signal_id`,
    [
      workspaceId,
      signals.map((signal) => signal.externalSource),
      signals.map((signal) => signal.externalId),
      signals.map((signal) => signal.id),
      new Date(now),
    ],
  );
  const kept = new Set(rows.map((row) => row.signal_id));
  return signals.filter((signal) => kept.has(signal.id));
}
