import { actorRef, hasPermission, requirePermission, type Actor } from '@/lib/auth';
import { isSigned, requireSignerInForce } from '@/lib/auth/agents';
import { DomainError } from '@/lib/contracts';
import { consoleOrAgent } from '@/lib/http/console-or-agent';
import { handle } from '@/lib/http/handler';
import { logError } from '@/lib/http/log';
import { takePlace } from '@/lib/http/places';
import { agentClient } from './agent-news';
import { eventStream, type StreamClient } from './event-stream';
import { feedOf } from './feed';
import { readMissed } from './outbox';

/** How often an open stream asks whether its caller may still listen: a revoked session ends within 5 seconds. */
const RECHECK_MS = 4_000;

/** Agents and gateways rely on what they heard: they have to know soon that nobody speaks any more. */
const PROGRAM_HEARTBEAT_MS = 2_000;

/** Announcements of a workspace as they happen, resumable by `Last-Event-ID`; to an agent those that concern it. */
export const getEvents = handle({ auth: consoleOrAgent }, async ({ request, who }) => {
  // An announcement says what changed, not how: a gateway ends calls by it, and may read nothing else.
  if (who.kind !== 'agent' && !hasPermission(who.role, 'agents.speak'))
    requirePermission(who, 'workspace.read');
  const leave = takePlace('streams', actorRef(who));
  const body = eventStream({
    signal: request.signal,
    heartbeatMs: speaksForAgents(who) ? PROGRAM_HEARTBEAT_MS : undefined,
    start: (connected) => {
      const client = who.kind === 'agent' ? agentClient(connected, who) : connected;
      const stopListening = listen(who.workspaceId, lastSeen(request), client);
      const recheck = setInterval(() => void endIfShutOut(request, who, client), RECHECK_MS);
      return () => {
        clearInterval(recheck);
        stopListening();
        leave();
      };
    },
  });
  return new Response(body, {
    headers: {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
    },
  });
});

const speaksForAgents = (who: Actor): boolean =>
  who.kind === 'agent' || (who.kind === 'key' && hasPermission(who.role, 'agents.speak'));

/** The number of the last announcement the client saw, when it resumes. */
function lastSeen(request: Request): number | undefined {
  const given = request.headers.get('last-event-id');
  return given !== null && /^\d{1,15}$/.test(given) ? Number(given) : undefined;
}

/**
 * Listens first and catches up then, so that nothing falls between the two; what comes twice is sent once. A client that is new
 * is told to load again, as something may have happened between its loading and its listening.
 */
function listen(workspaceId: string, after: number | undefined, client: StreamClient): () => void {
  let sent = after ?? 0;
  let caughtUp = after === undefined;
  const waiting: Parameters<StreamClient['send']>[0][number][] = [];
  const send: StreamClient['send'] = (events) => {
    const fresh = events.filter(({ seq }) => seq > sent);
    const last = fresh.at(-1);
    if (last === undefined) return;
    sent = last.seq;
    client.send(fresh);
  };
  const hear = (events: Parameters<StreamClient['send']>[0]) => {
    if (caughtUp) send(events);
    else waiting.push(...events);
  };
  const stop = feedOf(workspaceId).listen(hear, after === undefined ? client.resync : undefined);
  if (after !== undefined)
    void readMissed(workspaceId, after)
      .then((missed) => {
        if (missed === undefined) client.resync();
        else send(missed);
        caughtUp = true;
        send(waiting);
      })
      .catch(() => client.end());
  return stop;
}

async function endIfShutOut(request: Request, who: Actor, client: StreamClient): Promise<void> {
  try {
    // A signature is good for one request: of an agent that signed, only whether it and its key are still let in is asked again.
    if (who.kind === 'agent' && isSigned(request)) await requireSignerInForce(who, new Date());
    else await consoleOrAgent(request, () => Promise.resolve(''));
  } catch (error) {
    if (error instanceof DomainError) client.end();
    // The database is away: nothing can be announced, and the next check decides.
    else logError('a live stream could not be checked', { error });
  }
}
