/**
 * Approvals for a scope: an action that waits for nothing but an approval, and that a live grant covers, runs under it. Whatever
 * narrows an action goes on narrowing it, and ends the grant. Pure; `grant-rows.ts` writes it down.
 */
import { coversCall, type GrantPattern, type Json } from '@/lib/contracts';
import type { Outcome, Reason } from '@/lib/policy';
import type { Rung } from '@/lib/trust';
import type { Proposal, ToolFacts } from './facts';
import { samePerson, type Identity } from './same-person';

/** What the reviewer was told of the tool: a grant is for the tool as it was. */
export type GrantedTool = Pick<
  ToolFacts,
  'sideEffect' | 'reversible' | 'egress' | 'dataClass' | 'risk'
>;

export const grantedTool = ({
  sideEffect,
  reversible,
  egress,
  dataClass,
  risk,
}: GrantedTool): GrantedTool => ({ sideEffect, reversible, egress, dataClass, risk });

/** A grant that has uses and time left, as a decision sees it. */
export interface GrantFacts {
  readonly id: string;
  readonly tool: string;
  readonly pattern: GrantPattern;
  /** Codes of the reasons that the reviewer saw: an action with any other waits for a person. */
  readonly reasonCodes: readonly string[];
  readonly toolFacts: GrantedTool;
  /** Who sent the call and who passed it on: `Proposal.actor` and `Proposal.delegators` of the approved one. */
  readonly sentBy: string;
  readonly delegators: readonly string[];
  /** The person behind whoever gave it, with every account that Belay takes for theirs; nobody for a key of the command line. */
  readonly givers: readonly Identity[];
  /** The rung that was applied then. */
  readonly rung: number;
  readonly policyVersion: number;
  readonly uses: number;
  readonly mostUses: number;
  /** Milliseconds since the epoch. */
  readonly until: number;
  /** `person:<id>` or `key:<id>`. */
  readonly grantedBy: string;
  readonly grantedByName: string;
  /** Whoever gave it may still decide approvals. */
  readonly giverDecides: boolean;
  /** Whoever gave it has a part by now in every action it covers: they hold the agent's key, or own an agent of its chain. */
  readonly giverHasPart: boolean;
}

/** What became of an action before grants are asked. */
export interface Ungranted {
  readonly outcome: Outcome;
  readonly reasons: readonly Reason[];
  readonly rung: Rung;
}

export interface Circumstances {
  readonly grants: readonly GrantFacts[];
  readonly proposal: Pick<Proposal, 'tool' | 'arguments' | 'resource' | 'actor' | 'delegators'>;
  /** Whose request the agent carries out, as the call and its session say. */
  readonly endUsers: readonly string[];
  readonly tool: ToolFacts;
  readonly policyVersion: number;
}

export interface GrantEnd {
  readonly grant: GrantFacts;
  readonly code: string;
  /** Why, for people. */
  readonly text: string;
}

export interface Granting {
  /** The grant the action runs under. */
  readonly used: GrantFacts | undefined;
  /** Grants that hold no more. */
  readonly ended: readonly GrantEnd[];
}

/**
 * Which grant an action runs under, if any, and which grants what was found about it ends.
 *
 * @param onlyApproval the action waits for an approval because of the policy alone: nothing else narrows it
 */
export function askGrants(
  circumstances: Circumstances,
  ungranted: Ungranted,
  onlyApproval: boolean,
): Granting {
  const { grants } = circumstances;
  if (grants.length === 0) return { used: undefined, ended: [] };
  const ended = grants.flatMap((grant): GrantEnd[] => {
    const end = whyEnded(grant, circumstances, ungranted, onlyApproval);
    return end === undefined ? [] : [{ grant, ...end }];
  });
  const over = new Set(ended.map(({ grant }) => grant));
  const used =
    onlyApproval && ungranted.outcome === 'require_approval'
      ? grants.find(
          (grant) =>
            !over.has(grant) &&
            covers(grant, circumstances) &&
            cameTheSameWay(grant, circumstances) &&
            !isRequester(grant, circumstances),
        )
      : undefined;
  return { used, ended };
}

/** One rule after the other; the first that holds ends the grant. */
function whyEnded(
  grant: GrantFacts,
  circumstances: Circumstances,
  { outcome, reasons, rung }: Ungranted,
  onlyApproval: boolean,
): Omit<GrantEnd, 'grant'> | undefined {
  const { tool, policyVersion } = circumstances;
  if (grant.policyVersion !== policyVersion)
    return { code: 'policy_changed', text: 'The policy changed since it was given.' };
  if (rung < grant.rung)
    return {
      code: 'rung_fell',
      text: `The agent stood on rung ${grant.rung} when it was given and fell to ${rung}.`,
    };
  if (!grant.giverDecides)
    return { code: 'giver_lost_role', text: 'Whoever gave it may no longer decide approvals.' };
  if (grant.giverHasPart)
    return {
      code: 'giver_has_part',
      text: 'Whoever gave it has a part by now in what it covers, such as the key of the agent.',
    };
  if (!covers(grant, circumstances)) return undefined;
  if (!isSameTool(grant.toolFacts, tool))
    return {
      code: 'tool_changed',
      text: 'The description of the tool changed since it was given.',
    };
  if (outcome === 'allow') return undefined;
  const other = reasons.find(({ code }) => !grant.reasonCodes.includes(code));
  if (onlyApproval && other === undefined) return undefined;
  const [first] = reasons;
  return {
    code: 'narrowed',
    text: `A call it covers was held back for another reason: ${(other ?? first)?.text ?? outcome}`,
  };
}

const covers = (
  { tool, pattern }: GrantFacts,
  { proposal }: Pick<Circumstances, 'proposal'>,
): boolean =>
  tool === proposal.tool &&
  coversCall(pattern, {
    arguments: proposal.arguments as Readonly<Record<string, Json>>,
    resource: proposal.resource as Parameters<typeof coversCall>[1]['resource'],
  });

const cameTheSameWay = (
  { sentBy, delegators }: GrantFacts,
  { proposal }: Pick<Circumstances, 'proposal'>,
): boolean =>
  sentBy === proposal.actor &&
  JSON.stringify(delegators) === JSON.stringify(proposal.delegators ?? []);

/** Nobody approves their own request, not in advance either: such a call waits for somebody else. */
const isRequester = (
  { givers }: GrantFacts,
  { endUsers }: Pick<Circumstances, 'endUsers'>,
): boolean =>
  endUsers.some((name) =>
    givers.some((giver) => samePerson(giver, { personId: name.replace(/^person:/, ''), name })),
  );

const isSameTool = (then: GrantedTool, tool: ToolFacts): boolean =>
  tool.known && JSON.stringify(grantedTool(then)) === JSON.stringify(grantedTool(tool));

/** The reason of an action that runs under a grant. */
export function grantReason({ id, grantedByName, uses, mostUses, until }: GrantFacts): Reason {
  return {
    code: 'grant.used',
    text: `${grantedByName} approved calls like this one: use ${uses + 1} of ${mostUses}, until ${new Date(until).toISOString()}.`,
    source: { type: 'grant', id },
  };
}

/** The grants of an agent as its next action finds them. */
export function grantsAfter(
  grants: readonly GrantFacts[],
  { used, ended }: Granting,
): readonly GrantFacts[] {
  if (used === undefined && ended.length === 0) return grants;
  const over = new Set(ended.map(({ grant }) => grant.id));
  return grants
    .filter(({ id }) => !over.has(id))
    .map((grant) => (grant.id === used?.id ? { ...grant, uses: grant.uses + 1 } : grant))
    .filter(({ uses, mostUses }) => uses < mostUses);
}
