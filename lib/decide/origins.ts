/** Where the arguments of an action came from, for those actions where it matters. */
import type { DataClass } from '@/lib/contracts';
import type { Reason } from '@/lib/policy';
import {
  assessInjection,
  assessProvenance,
  type ArgumentOrigin,
  type InjectionLevel,
  type ReadSpan,
} from '@/lib/provenance';
import type { Proposal, SessionFacts, ToolFacts } from './facts';

export interface Origins {
  readonly arguments: readonly ArgumentOrigin[];
  readonly thirdPartyOnly: boolean;
  readonly injection: InjectionLevel;
  readonly reasons: readonly Reason[];
  /** The passages that read like orders, when there are any. */
  readonly passages: readonly ReadSpan[];
}

/** An action that changes nothing, reaches nobody and reads nothing sensitive can follow any text it likes. */
function matters(tool: ToolFacts, dataClass: DataClass): boolean {
  return (
    tool.sideEffect === 'write' ||
    tool.egress ||
    dataClass === 'confidential' ||
    dataClass === 'restricted'
  );
}

export function originsOf(
  { tool, session }: { tool: ToolFacts; session: SessionFacts | undefined },
  proposal: Proposal,
  dataClass: DataClass,
): Origins {
  if (session === undefined || !matters(tool, dataClass)) {
    return { arguments: [], thirdPartyOnly: false, injection: 'none', reasons: [], passages: [] };
  }
  const request = session.request ?? '';
  const provenance = assessProvenance({
    request,
    reads: session.reads,
    arguments: proposal.arguments,
  });
  const injection = assessInjection({ request, reads: session.reads, provenance, tool });
  return {
    arguments: provenance.arguments,
    thirdPartyOnly: provenance.thirdPartyOnly,
    injection: injection.level,
    passages: injection.reasons.flatMap(({ span }) => span ?? []),
    reasons: injection.reasons.map(({ code, text }) => ({
      code,
      text,
      source: { type: 'layer', id: 'behavior' },
    })),
  };
}
