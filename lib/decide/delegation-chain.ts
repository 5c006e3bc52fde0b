/**
 * An action that comes through a chain of agents, as the token it came with proves: the rights of all of them hold together, and its
 * trust is that of the weakest. Every link is looked at anew for each action. Pure.
 */
import type { DataClass } from '@/lib/contracts';
import { narrower, type Outcome, type Reason } from '@/lib/policy';
import type { BaseDecision } from '@/lib/policy/base';
import { LAYERS, type Assessment, type Layer, type LayerReading, type Rung } from '@/lib/trust';
import type { AgentFacts, Proposal, ToolFacts, WorkspaceFacts } from './facts';
import { switchOn, switchReason } from './kill-switches';
import { pactBreaches } from './pact-check';
import { restrictedBy } from './restrictions';

/** An agent that passed the action on, nearest first; without facts when the workspace has no such agent. */
export interface ChainLink {
  readonly id: string;
  readonly agent: AgentFacts | undefined;
}

/** The links of a proposal among the agents that were read. */
export const linksOf = (
  agents: ReadonlyMap<string, AgentFacts>,
  { chain = [] }: Pick<Proposal, 'chain'>,
): ChainLink[] => chain.map((id) => ({ id, agent: agents.get(id) }));

/** Everybody whose facts a proposal needs: whoever acts, and whoever stands behind it. */
export const agentsOf = ({ agentId, chain = [] }: Pick<Proposal, 'agentId' | 'chain'>) => [
  agentId,
  ...chain,
];

/** Whether what an agent signed in with was taken from it since. */
export const credentialGone = (
  { id, revokedCredentials = [] }: AgentFacts,
  { credentials = {} }: Pick<Proposal, 'credentials'>,
): boolean => revokedCredentials.includes(credentials[id] ?? '');

interface Circumstances {
  readonly workspace: Pick<WorkspaceFacts, 'switches'>;
  readonly tool: ToolFacts;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Why a link stops everything that comes through it; the nearest link first. */
export function chainStop(
  links: readonly ChainLink[],
  circumstances: Circumstances,
  proposal: Pick<Proposal, 'credentials'> = {},
): Reason | undefined {
  for (const { id, agent } of links) {
    const stop = agent === undefined ? GONE : linkStop(agent, circumstances, proposal);
    if (stop !== undefined) return named(stop, id, agent);
  }
  return undefined;
}

/** A stop before it names its link. The text goes on after `The agent acts for "planner", `. */
interface Stop {
  readonly code: string;
  readonly text: string;
  readonly remedy: string;
}

const GONE: Stop = {
  code: 'delegation.unknown',
  text: 'which is no agent of this workspace.',
  remedy: 'Ask with a token of your own, or have an agent of this workspace pass the task on.',
};

const BY_STATUS: Readonly<Record<AgentFacts['status'], Stop | undefined>> = {
  active: undefined,
  suspended: {
    code: 'delegation.suspended',
    text: 'which is suspended.',
    remedy: 'Somebody who works on incidents has to write down the root cause of its incident.',
  },
  revoked: {
    code: 'delegation.revoked',
    text: 'which has been revoked.',
    remedy: 'Whoever takes its place has to pass the task on anew.',
  },
};

function linkStop(
  agent: AgentFacts,
  { workspace, tool, now }: Circumstances,
  proposal: Pick<Proposal, 'credentials'>,
): Stop | undefined {
  const byStatus = BY_STATUS[agent.status];
  if (byStatus !== undefined) return byStatus;
  if (credentialGone(agent, proposal))
    return {
      code: 'delegation.credential_revoked',
      text: 'whose key was revoked after it passed the task on.',
      remedy: 'It has to sign in with a key in force, and pass the task on anew.',
    };
  const found = switchOn(workspace, agent, tool);
  if (found !== undefined)
    return {
      code: 'delegation.stopped',
      text: `and a kill switch is on it. ${switchReason(found).text}`,
      remedy: 'A manager or admin has to release the kill switch.',
    };
  const held = restrictedBy(agent, tool, now);
  if (held === undefined) return undefined;
  return {
    code: 'delegation.restricted',
    text: `which is held back. ${held.text}`,
    remedy: held.remedy ?? 'Somebody who works on incidents can lift it.',
  };
}

const named = (
  { code, text, remedy }: Stop,
  id: string,
  agent: Pick<AgentFacts, 'name'> | undefined,
): Reason => ({
  code,
  text: `The agent acts for "${agent?.name ?? id}", ${text}`,
  remedy,
  source: { type: 'link', id },
});

interface Asked {
  readonly proposal: Proposal;
  readonly tool: ToolFacts;
  readonly dataClass: DataClass;
  readonly now: number;
  /** What the trust policy says with a link in the place of the agent. */
  readonly policy: (agent: AgentFacts) => BaseDecision;
}

/**
 * How the links narrow what the agent may: what its token was narrowed to, the pact of every link, and the policy for every link.
 * It is no evidence against the agent, which need not know the pacts of others.
 */
export function chainLimits(links: readonly ChainLink[], asked: Asked): BaseDecision[] {
  return [
    ...scopeLimit(asked.proposal),
    ...links.flatMap(({ agent }) =>
      agent === undefined ? [] : [...pactLimits(agent, asked), ...policyLimit(agent, asked)],
    ),
  ];
}

function scopeLimit({ scope, tool }: Proposal): BaseDecision[] {
  if (scope === undefined || scope.includes(tool)) return [];
  const reason: Reason = {
    code: 'delegation.scope',
    text: `The token was narrowed to other tools than "${tool}" when the task was passed on.`,
    remedy: 'Whoever passed the task on can do so again with this tool in its scope.',
    source: { type: 'link' },
  };
  return [{ outcome: 'deny', reasons: [reason] }];
}

function pactLimits(link: AgentFacts, { proposal, dataClass, now }: Asked): BaseDecision[] {
  return pactBreaches(link.pact, { ...proposal, dataClass, now }).map(({ outcome, reason }) => ({
    outcome,
    reasons: [
      {
        code: `delegation.${reason.code}`,
        text: `The agent acts for "${link.name}", whose pact counts as well. ${reason.text}`,
        ...(reason.remedy === undefined ? {} : { remedy: reason.remedy }),
        source: { type: 'link', id: link.id },
      },
    ],
  }));
}

function policyLimit(link: AgentFacts, { policy }: Asked): BaseDecision[] {
  const { outcome, reasons } = policy(link);
  if (outcome === 'allow') return [];
  return [
    {
      outcome,
      reasons: reasons.map((reason) => ({
        ...reason,
        text: `For "${link.name}", for which the agent acts: ${reason.text}`,
      })),
    },
  ];
}

/** The trust an action is decided by. */
export interface AppliedTrust {
  readonly score: number;
  readonly rung: Rung;
  readonly layers: Readonly<Record<Layer, LayerReading>>;
}

interface Standing {
  readonly assessment: Pick<Assessment, 'reading'>;
  readonly rung: Rung;
}

/** A chain is trusted as far as its weakest link: the lowest rung, the lowest score, and in each layer the lowest. */
export function weakestOf(own: Standing, links: readonly Standing[]): AppliedTrust {
  const all = [own, ...links];
  const layer = (name: Layer) =>
    all
      .map(({ assessment }) => assessment.reading.layers[name])
      .reduce((lowest, one) => lowerLayer(lowest, one));
  return {
    score: Math.min(...all.map(({ assessment }) => assessment.reading.score)),
    rung: Math.min(...all.map(({ rung }) => rung)) as Rung,
    layers: Object.fromEntries(LAYERS.map((name) => [name, layer(name)])) as AppliedTrust['layers'],
  };
}

/** The lower of two readings; an alarm in either stands. */
function lowerLayer(a: LayerReading, b: LayerReading): LayerReading {
  const lower = b.score < a.score ? b : a;
  return { ...lower, alarm: a.alarm || b.alarm };
}

/** Says that a link lowers the rung; undefined when none does. */
export function weakestReason(
  own: Rung,
  links: readonly { readonly agent: AgentFacts; readonly rung: Rung }[],
): Reason | undefined {
  const [weakest] = [...links].sort((a, b) => a.rung - b.rung);
  if (weakest === undefined || weakest.rung >= own) return undefined;
  const { agent, rung } = weakest;
  return {
    code: 'delegation.weakest_link',
    text: `The agent stands on rung ${own} and acts for "${agent.name}", which stands on rung ${rung}: the lower one counts.`,
    remedy: 'The agent can do this for itself, if it is its own task.',
    source: { type: 'link', id: agent.id },
  };
}

/** The narrower of what two were answered, with the reasons of both. */
export const narrowest = (a: BaseDecision, b: BaseDecision): BaseDecision => ({
  outcome: narrower(a.outcome, b.outcome) satisfies Outcome,
  reasons: [...a.reasons, ...b.reasons],
});
