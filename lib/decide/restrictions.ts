/** Restrictions of an agent: which a signal leads to, and what each stops. Pure; the rows are in restriction-rows.ts. */
import { RESTRICTION_KINDS, type RestrictionKind } from '@/lib/contracts';
import type { Reason } from '@/lib/policy';
import { restrictionFor, SIGNAL_CATALOGUE, throttledPace } from '@/lib/trust';
import { callsInMinute } from './activity';
import type { AgentFacts, RestrictionFacts, ToolFacts } from './facts';
import type { Evidence } from './trust-rows';

export interface NewRestriction extends RestrictionFacts {
  readonly signalKind: string;
  readonly signalId: string;
  readonly decisionId: string | null;
}

/** The restrictions that evidence leads to, one a kind. @param now milliseconds since the epoch */
export function restrictionsFrom(
  evidence: readonly Evidence[],
  now: number,
  newId: () => string,
): NewRestriction[] {
  const found = new Map<RestrictionKind, NewRestriction>();
  for (const signal of evidence) {
    const response = restrictionFor(signal);
    if (response === undefined || found.has(response.restriction)) continue;
    const { restriction: kind, holdSeconds } = response;
    found.set(kind, {
      id: newId(),
      kind,
      reason: `${SIGNAL_CATALOGUE[signal.kind]?.label ?? signal.kind}.`,
      since: now,
      until: holdSeconds === undefined ? null : now + holdSeconds * 1000,
      signalKind: signal.kind,
      signalId: signal.id,
      decisionId: signal.decisionId ?? null,
    });
  }
  return [...found.values()];
}

/** What is in force after `added`: one a kind, the older one until the later of the two ends. */
export function mergeRestrictions(
  inForce: readonly RestrictionFacts[],
  added: readonly RestrictionFacts[],
): RestrictionFacts[] {
  const byKind = new Map(inForce.map((item) => [item.kind, item]));
  for (const item of added) {
    const known = byKind.get(item.kind);
    const until =
      known === undefined || known.until === null || item.until === null
        ? (known?.until ?? item.until)
        : Math.max(known.until, item.until);
    byKind.set(item.kind, { ...(known ?? item), until });
  }
  return [...byKind.values()];
}

type Held = Pick<AgentFacts, 'restrictions' | 'activity'>;
type Action = Pick<ToolFacts, 'sideEffect' | 'egress'>;

interface Rule {
  readonly stops: (action: Action, agent: Held, now: number) => boolean;
  readonly text: string;
  readonly remedy: (restriction: RestrictionFacts, now: number) => string;
}

const A_PERSON = 'A person who works on incidents has to look and lift it.';
const MINUTE_MS = 60_000;

/** What each restriction stops, and what the agent can do about it. */
const RULES: Readonly<Record<RestrictionKind, Rule>> = {
  reverify: {
    stops: () => true,
    text: 'The agent has to prove who it is again',
    remedy: () => `Log in again with the agent's key at /oauth/token, or ask a person to lift it.`,
  },
  quarantine: {
    stops: ({ sideEffect }) => sideEffect === 'write',
    text: 'The agent is in quarantine and may only read',
    remedy: () => A_PERSON,
  },
  block_output: {
    stops: ({ egress }) => egress,
    text: 'The agent may send nothing outside',
    remedy: () => A_PERSON,
  },
  throttle: {
    stops: (_, { activity }, now) =>
      callsInMinute(activity, now) >= throttledPace(activity.baseline.mean),
    text: 'The agent is throttled and has used up its calls of this minute',
    remedy: ({ until }, now) => {
      const seconds = Math.ceil((MINUTE_MS - (now % MINUTE_MS)) / 1000);
      const end = until === null ? '' : ` The throttle ends at ${new Date(until).toISOString()}.`;
      return `Ask again in ${seconds} seconds, when the next minute begins.${end}`;
    },
  },
};

/** The reason for which a restriction stops an action; undefined when none does. @param now milliseconds since the epoch */
export function restrictedBy(agent: Held, action: Action, now: number): Reason | undefined {
  const found = RESTRICTION_KINDS.flatMap(
    (kind) => agent.restrictions.find((item) => item.kind === kind) ?? [],
  ).find(
    (item) =>
      (item.until === null || item.until > now) && RULES[item.kind].stops(action, agent, now),
  );
  if (found === undefined) return undefined;
  const { text, remedy } = RULES[found.kind];
  return {
    code: `restriction.${found.kind}`,
    text: `${text}, since ${new Date(found.since).toISOString()}: ${found.reason}`,
    remedy: remedy(found, now),
    source: { type: 'rule', id: `restriction:${found.id}` },
  };
}
