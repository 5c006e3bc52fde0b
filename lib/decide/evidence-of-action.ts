import type { PactBreach } from './pact-check';
import type { ToolFacts } from './facts';
import type { Origins } from './origins';

export interface NewEvidence {
  readonly kind: string;
  readonly magnitude?: number;
  readonly detail?: Readonly<Record<string, unknown>>;
}

interface Found {
  readonly tool: ToolFacts;
  readonly breaches: readonly PactBreach[];
  readonly observed: readonly NewEvidence[];
  readonly origins: Origins;
}

/** A harmless read says little about conduct; an action with an effect says all of it. */
const READ_MAGNITUDE = 0.1;

/**
 * The signals an action gives by being asked for. Negative ones first; a layer in which nothing was wrong gets its quiet positive,
 * so that ordinary work keeps it known.
 */
export function evidenceOf({ tool, breaches, observed, origins }: Found): NewEvidence[] {
  const negative: NewEvidence[] = [
    ...breaches.map(({ signal, reason }) => ({ kind: signal, detail: { text: reason.text } })),
    ...(tool.known ? [] : [{ kind: 'behavior.unknown_tool', detail: { tool: tool.name } }]),
    ...observed,
    ...originEvidence(origins),
  ];
  const magnitude = tool.sideEffect === 'write' ? 1 : READ_MAGNITUDE;
  const clean = (layer: string) => !negative.some(({ kind }) => kind.startsWith(`${layer}.`));
  return [
    ...negative,
    { kind: 'identity.authenticated', magnitude },
    ...(clean('behavior') ? [{ kind: 'behavior.in_pattern', magnitude }] : []),
    ...(clean('context') ? [{ kind: 'context.in_scope', magnitude }] : []),
  ];
}

/** The kinds of a call in which nothing was wrong. */
const QUIET = new Set(['identity.authenticated', 'behavior.in_pattern', 'context.in_scope']);
export const isQuiet = (evidence: readonly Pick<NewEvidence, 'kind'>[]): boolean =>
  evidence.every(({ kind }) => QUIET.has(kind));

/** What a level short of certainty counts as. A likely injection opens an incident and leaves the rung. */
const SUSPICION: Partial<Record<Origins['injection'], string>> = {
  suspected: 'behavior.injection_indicator',
  likely: 'behavior.injection_likely',
};

function originEvidence(origins: Origins): NewEvidence[] {
  const foreign = origins.arguments.filter(({ origin }) => origin === 'third_party');
  const detail = {
    arguments: foreign.map(({ path, value, span }) => ({
      path,
      value,
      read: span?.readId ?? null,
      excerpt: span?.excerpt ?? null,
    })),
    passages: origins.passages.map(({ readId, start, end, excerpt }) => ({
      read: readId,
      start,
      end,
      excerpt,
    })),
  };
  if (origins.injection === 'recognised') return [{ kind: 'behavior.injection_confirmed', detail }];
  const suspicion = SUSPICION[origins.injection];
  return [
    ...(suspicion === undefined ? [] : [{ kind: suspicion, detail }]),
    ...(origins.thirdPartyOnly ? [{ kind: 'context.argument_from_third_party', detail }] : []),
  ];
}
