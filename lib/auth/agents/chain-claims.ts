/** A chain of agents as claims (RFC 8693, section 4.1), and back. Pure. */
import type { AgentActor } from '../actor';

/** Longest chain that is read; what is issued is shorter. */
const MAX_READ = 16;

type ActorClaim = {
  readonly sub: string;
  readonly credential?: string;
  readonly act?: ActorClaim;
};

/**
 * `sub` is whoever began the task, `act` whoever acts now, and the `act` inside of it whoever acted before, the latest first.
 *
 * @example claimsOf({ agentId: 'c', chain: ['b', 'a'], ... }) // { sub: 'a', act: { sub: 'c', act: { sub: 'b' } } }
 */
export function chainClaims({
  agentId,
  chain = [],
  credentials = {},
}: Pick<AgentActor, 'agentId' | 'chain' | 'credentials'>): ActorClaim {
  const named = (sub: string): ActorClaim => {
    const credential = credentials[sub];
    return credential === undefined ? { sub } : { sub, credential };
  };
  const first = chain.at(-1);
  if (first === undefined) return named(agentId);
  const actors = [agentId, ...chain.slice(0, -1)];
  const act = actors.reduceRight<ActorClaim | undefined>(
    (inner, id) => (inner === undefined ? named(id) : { ...named(id), act: inner }),
    undefined,
  );
  return act === undefined ? named(first) : { ...named(first), act };
}

/** Undefined for claims that are not of that shape. */
export function chainOfClaims(
  claims: Readonly<Record<string, unknown>>,
): Pick<AgentActor, 'agentId' | 'chain' | 'credentials'> | undefined {
  const first = namedIn(claims);
  if (first === undefined) return undefined;
  const actors: { sub: string; credential: string | undefined }[] = [];
  for (let act = claims['act']; act !== undefined; act = (act as Record<string, unknown>)['act']) {
    const actor = namedIn(act);
    if (actor === undefined || actors.length === MAX_READ) return undefined;
    actors.push(actor);
  }
  const everybody = [...actors, first];
  const [acting, ...chain] = everybody;
  if (acting === undefined) return undefined;
  const credentials = Object.fromEntries(
    everybody.flatMap(({ sub, credential }) =>
      credential === undefined ? [] : [[sub, credential]],
    ),
  );
  return {
    agentId: acting.sub,
    ...(chain.length === 0 ? {} : { chain: chain.map(({ sub }) => sub) }),
    ...(Object.keys(credentials).length === 0 ? {} : { credentials }),
  };
}

function namedIn(value: unknown): { sub: string; credential: string | undefined } | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { sub, credential } = value as { sub?: unknown; credential?: unknown };
  if (typeof sub !== 'string' || sub === '') return undefined;
  return { sub, credential: typeof credential === 'string' ? credential : undefined };
}
