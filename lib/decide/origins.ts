/** Where the arguments of an action came from, for those actions where it matters. */
import type { DataClass } from '@/lib/contracts';
import type { Reason } from '@/lib/policy';
import {
  DEFAULT_SENSITIVITY,
  assessInjection,
  assessProvenance,
  decidedFromOutside,
  plantedOrders,
  type ArgumentOrigin,
  type InjectionLevel,
  type InjectionReason,
  type ReadSpan,
  type Sensitivity,
} from '@/lib/provenance';
import { shownText } from './shown-text';
import type { Proposal, SessionFacts, ToolFacts } from './facts';

export interface Origins {
  readonly arguments: readonly ArgumentOrigin[];
  readonly thirdPartyOnly: boolean;
  readonly injection: InjectionLevel;
  readonly reasons: readonly Reason[];
  /** The passages that read like orders, when there are any. */
  readonly passages: readonly ReadSpan[];
  /** What was read gives orders to the agent, whether this action follows them or not. */
  readonly planted: readonly Reason[];
}

/** An action that changes nothing, reaches nobody and reads nothing sensitive can follow any text it likes. */
export function matters(tool: ToolFacts, dataClass: DataClass): boolean {
  return (
    tool.sideEffect === 'write' ||
    tool.egress ||
    dataClass === 'confidential' ||
    dataClass === 'restricted'
  );
}

export const NO_ORIGINS: Origins = {
  arguments: [],
  thirdPartyOnly: false,
  injection: 'none',
  reasons: [],
  passages: [],
  planted: [],
};

export interface OriginFacts {
  readonly tool: ToolFacts;
  readonly session: SessionFacts | undefined;
  readonly sensitivity?: Sensitivity | undefined;
}

export function originsOf(
  { tool, session, sensitivity = DEFAULT_SENSITIVITY }: OriginFacts,
  proposal: Proposal,
  dataClass: DataClass,
): Origins {
  if (session === undefined) return NO_ORIGINS;
  const planted = plantedOrders(session.reads, sensitivity.recognisedScore).map(reasonOf);
  if (!matters(tool, dataClass)) return { ...NO_ORIGINS, planted };
  const request = session.request ?? '';
  const provenance = assessProvenance({
    request,
    reads: session.reads,
    arguments: proposal.arguments,
    resource: resourceOf(proposal),
  });
  const injection = assessInjection({
    request,
    reads: session.reads,
    provenance,
    tool,
    sensitivity,
  });
  return {
    arguments: provenance.arguments.map(shownArgument),
    thirdPartyOnly: decidedFromOutside(provenance, tool, sensitivity.caution),
    injection: injection.level,
    passages: injection.reasons.flatMap(({ span }) => (span === undefined ? [] : shownSpan(span))),
    reasons: injection.reasons.map(reasonOf),
    planted,
  };
}

/** What of a resource somebody chose: not its type, and not an id that is only the tool's name again. */
function resourceOf({ resource, tool }: Proposal): unknown {
  const { id, properties } = resource;
  return { ...(id === tool ? {} : { id }), ...(properties === undefined ? {} : { properties }) };
}

function shownArgument({ value, span, order, ...argument }: ArgumentOrigin): ArgumentOrigin {
  return {
    ...argument,
    value: shownText(value),
    ...(span === undefined ? {} : { span: shownSpan(span) }),
    ...(order === undefined ? {} : { order: shownSpan(order) }),
  };
}

const shownSpan = <Span extends ReadSpan>(span: Span): Span => ({
  ...span,
  excerpt: shownText(span.excerpt),
});

const reasonOf = ({ code, text }: InjectionReason): Reason => ({
  code,
  text,
  source: { type: 'layer', id: 'behavior' },
});
