import { actorRef, requirePermission, type AgentActor, type KeyActor } from '@/lib/auth';
import { SIGNAL_TYPE_PREFIX, type CloudEvent } from '@/lib/contracts';
import { isUuid } from '@/lib/db';
import { takeWhole, type Item } from '@/lib/services/intake/take';

interface Context {
  readonly actor: AgentActor | KeyActor;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Takes evidence from outside: all events of a call or none. `source` and `id` of an event make it idempotent.
 *
 * @throws DomainError `forbidden`; 422 `signals_refused` with an entry for the event that cannot be taken; 429 `source_exhausted`, `source_paused`
 */
export async function recordSignals(
  { actor, now }: Context,
  events: readonly CloudEvent[],
): Promise<{ accepted: number; duplicates: number }> {
  if (actor.kind === 'key') requirePermission(actor, 'signals.record');
  const { accepted } = await takeWhole({
    workspaceId: actor.workspaceId,
    protocol: 'cloudevents',
    actor: actorRef(actor),
    ...(actor.kind === 'agent' ? { self: actor.agentId } : {}),
    now,
    items: events.map((event) => itemOf(actor, event, now)),
  });
  return { accepted, duplicates: events.length - accepted };
}

function itemOf(actor: Context['actor'], event: CloudEvent, now: number): Item {
  const own = actor.kind === 'agent' ? actor.agentId : '';
  const { magnitude, decision, detail } = event.data ?? {};
  return {
    id: event.id,
    source: event.source,
    agentId: event.subject ?? event.data?.agent ?? own,
    at: event.time === undefined ? now : Date.parse(event.time),
    statement: {
      kind: event.type.slice(SIGNAL_TYPE_PREFIX.length),
      ...(magnitude === undefined ? {} : { magnitude }),
      ...(decision !== undefined && isUuid(decision) ? { decisionId: decision } : {}),
      ...(detail === undefined ? {} : { detail }),
    },
  };
}
