import { actorRef, requirePermission, type AgentActor, type KeyActor } from '@/lib/auth';
import { isUuid } from '@/lib/db';
import { takeEvidence, type Taken } from '../take';
import { observationOf, plain } from './operations';
import type { Span } from './span';
import { compareWithUsual, type Observed } from './usual';

interface Context {
  readonly actor: AgentActor | KeyActor;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Takes spans as evidence: each once, those that can be taken. An agent's own are its word about itself.
 *
 * @throws DomainError `forbidden`, 429 `source_exhausted`, `source_paused`
 */
export async function recordSpans(
  { actor, now }: Context,
  spans: readonly Span[],
): Promise<Taken & { ignored: number }> {
  if (actor.kind === 'key') requirePermission(actor, 'signals.record');
  const self = actor.kind === 'agent' ? actor.agentId : undefined;
  const { workspaceId } = actor;
  const items = spans.flatMap((span): Observed[] => {
    const observation = observationOf(span);
    if (observation === undefined) return [];
    const { statement } = observation;
    const source = plain(span.resource.get('service.name') ?? 'unknown_service');
    const base = { id: span.id, source, at: span.at, agentId: agentOf(span, self), observation };
    return [statement === undefined ? base : { ...base, statement }];
  });
  const taken = await takeEvidence({
    workspaceId,
    protocol: 'otlp',
    actor: actorRef(actor),
    ...(self === undefined ? {} : { self }),
    now,
    items,
    derive: (sql, fresh) => compareWithUsual(sql, workspaceId, fresh),
  });
  return { ...taken, ignored: spans.length - items.length };
}

/**
 * Whom a span is about: our own attribute first, on the span or its resource, then the one of the conventions, which may be a name
 * of some other system. An agent that names nobody of ours means itself.
 */
function agentOf({ attributes, resource }: Span, self: string | undefined): string {
  const own = attributes.get('belay.agent.id') ?? resource.get('belay.agent.id');
  const conventional = attributes.get('gen_ai.agent.id');
  const named = own ?? conventional;
  if (self !== undefined && own === undefined && !isUuid(String(conventional ?? ''))) return self;
  return named === undefined ? '' : plain(named);
}
