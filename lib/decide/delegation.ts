/** How many stand behind a call, as the call itself says. It can only lower trust: nobody gains by saying less than is known. Pure. */
import type { Pact } from '@/lib/contracts';
import type { Reason } from '@/lib/policy';
import type { NewEvidence } from './evidence-of-action';

/** Actors a chain is followed through; a longer one counts as this long. */
const DEEPEST = 16;
/** What a pact that says nothing agrees to: somebody asks the agent. */
export const USUAL_DEPTH = 1;

export interface Delegation {
  /** The chain of actors of RFC 8693, section 4.1: each `act` is the one who acts for the one around it. */
  readonly act?: unknown;
  readonly delegationDepth?: number | undefined;
}

/**
 * The length of the chain a call declares: its nested `act` or its `delegationDepth`, whichever is longer. 0 for neither.
 *
 * @example depthOf({ act: { sub: 'planner', act: { sub: 'assistant' } } }) // 2
 */
export function depthOf({ act, delegationDepth = 0 }: Delegation): number {
  let depth = 0;
  for (let actor = act; isObject(actor) && depth < DEEPEST; actor = actor['act']) depth += 1;
  return Math.max(depth, Math.min(delegationDepth, DEEPEST));
}

/** Longest name of an actor that is kept. */
const LONGEST_NAME = 200;

/**
 * Who stands in the chain of actors a call declares, the nearest first: whoever passed an action on does not approve it. Only a
 * token makes a name that begins with `agent:`, so that what is said never counts as what is proven.
 *
 * @example delegatorsOf({ act: { sub: 'planner', act: { sub: 'ann@example.org' } } }) // ['planner', 'ann@example.org']
 */
function delegatorsOf({ act }: Pick<Delegation, 'act'>): string[] {
  const names: string[] = [];
  let actor = act;
  for (let depth = 0; isObject(actor) && depth < DEEPEST; depth += 1, actor = actor['act']) {
    const { sub } = actor;
    const name = typeof sub === 'string' ? sub.replace(/^(?:agent:)+/, '') : '';
    if (name.trim() !== '') names.push(name.slice(0, LONGEST_NAME));
  }
  return names;
}

/** What is known of the chain behind a call: what a token proves, and what the call says besides. */
interface BehindCall {
  readonly delegationDepth: number;
  readonly delegators: string[];
  readonly chain?: readonly string[];
}

/**
 * What a token proves stands before what a call merely says of itself: it comes first, and a call can make the chain longer and
 * never shorter.
 *
 * @param proven ids of the agents that passed the action on, the nearest first
 */
export function behindCall(claimed: Delegation, proven: readonly string[] = []): BehindCall {
  const names = proven.map((id) => `agent:${id}`);
  const besides = delegatorsOf(claimed).filter(
    (name) => !names.includes(name) && !proven.includes(name),
  );
  return {
    delegationDepth: Math.max(depthOf(claimed), proven.length),
    delegators: [...names, ...besides],
    ...(proven.length === 0 ? {} : { chain: proven }),
  };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

interface TooDeep {
  readonly evidence: NewEvidence;
  readonly reason: Reason;
}

/** What a chain longer than agreed says: the longer, the stronger, `1 - 2^-excess`. Undefined within what was agreed. */
export function tooDeep(pact: Pact, depth: number): TooDeep | undefined {
  const agreed = pact.delegationDepth ?? USUAL_DEPTH;
  const excess = depth - agreed;
  if (excess <= 0) return undefined;
  return {
    evidence: {
      kind: 'identity.delegation_depth',
      magnitude: 1 - 2 ** -excess,
      detail: { depth, agreed },
    },
    reason: {
      code: 'delegation.depth',
      text: `The call came through a chain of ${depth}; the pact agrees to ${agreed}.`,
      remedy: 'A manager can allow longer chains in the pact.',
      source: { type: 'layer', id: 'identity' },
    },
  };
}
