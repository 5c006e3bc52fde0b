import { MAX_READS } from './bounds';
import { detectInstructions } from './instructions';
import { normalise } from './normalise';
import { findWhole, prepareText } from './prepared-text';
import type {
  ArgumentOrigin,
  Injection,
  InjectionReason,
  InstructionSpan,
  Provenance,
  Read,
  ReadSpan,
} from './types';

export interface InjectionInput {
  readonly request: string;
  readonly reads: readonly Read[];
  readonly provenance: Provenance;
  readonly tool: {
    readonly name: string;
    readonly sideEffect: 'none' | 'write';
    readonly egress: boolean;
  };
}

/** A passage of orders this near to the value of an argument, in characters, is about it. */
const NEAR_CHARS = 400;
/** How much a passage must look like orders before it can be recognised as the origin of a call. */
const RECOGNISED_SCORE = 0.7;

interface Passage {
  readonly read: Read;
  readonly span: InstructionSpan;
}

/**
 * Whether a call follows orders hidden in what the agent read.
 *
 * | level        | when (only for a side effect or a call that reaches outside)                                     |
 * |--------------|--------------------------------------------------------------------------------------------------|
 * | `recognised` | a passage of orders names the tool, or holds the value of an argument nobody asked for, and the   |
 * |              | request does not ask for such a call                                                             |
 * | `suspected`  | an argument came only from third-party text and orders stand near it; or orders name the tool     |
 * | `none`       | otherwise                                                                                        |
 */
export function assessInjection(input: InjectionInput): Injection {
  const { sideEffect, egress } = input.tool;
  if (sideEffect === 'none' && !egress) return { level: 'none', reasons: [] };
  const passages = input.reads
    .slice(-MAX_READS)
    .flatMap((read) =>
      detectInstructions(read.text).spans.map((span): Passage => ({ read, span })),
    );
  if (passages.length === 0) return { level: 'none', reasons: [] };
  const foreign = input.provenance.arguments.filter(({ origin }) => origin === 'third_party');
  const asked = namesTool(prepareText(input.request).text, input.tool.name);
  for (const passage of passages) {
    const reasons = reasonsOf(passage, foreign, input.tool.name);
    if (reasons.length === 0) continue;
    const strong = passage.span.score >= RECOGNISED_SCORE;
    const carries = reasons.some(({ code }) => code !== 'injection.near_argument');
    if (strong && carries && !asked) return { level: 'recognised', reasons };
  }
  const suspicions = passages.flatMap((passage) => reasonsOf(passage, foreign, input.tool.name));
  return suspicions.length > 0 && (foreign.length > 0 || !asked)
    ? { level: 'suspected', reasons: suspicions.slice(0, 3) }
    : { level: 'none', reasons: [] };
}

function reasonsOf(
  { read, span }: Passage,
  foreign: readonly ArgumentOrigin[],
  toolName: string,
): InjectionReason[] {
  const place: ReadSpan = {
    readId: read.id,
    start: span.start,
    end: span.end,
    excerpt: span.excerpt,
  };
  const text = normalise(read.text.slice(span.start, span.end)).text;
  const reasons: InjectionReason[] = [];
  if (foreign.some((argument) => isInside(argument, place, text))) {
    reasons.push({
      code: 'injection.carries_argument',
      text: 'Orders in text the agent has read hold the very value this call uses.',
      span: place,
    });
  } else if (foreign.some((argument) => isNear(argument, place))) {
    reasons.push({
      code: 'injection.near_argument',
      text: 'Orders stand close to a value this call took from text from outside.',
      span: place,
    });
  }
  if (namesTool(text, toolName)) {
    reasons.push({
      code: 'injection.names_tool',
      text: 'Orders in text the agent has read ask for this very kind of call.',
      span: place,
    });
  }
  return reasons;
}

function isInside(argument: ArgumentOrigin, place: ReadSpan, text: string): boolean {
  const { span } = argument;
  if (
    span !== undefined &&
    span.readId === place.readId &&
    span.start < place.end &&
    span.end > place.start
  ) {
    return true;
  }
  const value = normalise(argument.value).text.trim();
  return value.length >= 5 && findWhole(text, value) !== -1;
}

function isNear({ span }: ArgumentOrigin, place: ReadSpan): boolean {
  if (span === undefined || span.readId !== place.readId) return false;
  return span.start < place.end + NEAR_CHARS && span.end > place.start - NEAR_CHARS;
}

/** The words of a tool's name, all of them: `calendar.create_event` is named by "create an event in the calendar". */
function namesTool(text: string, toolName: string): boolean {
  const words = normalise(toolName.replace(/([a-z])([A-Z])/g, '$1 $2'))
    .text.split(/[^a-z0-9]+/)
    .filter((word) => word.length > 2);
  return words.length > 0 && words.every((word) => text.includes(stem(word)));
}

function stem(word: string): string {
  return word.length > 5 ? word.replace(/(?:ing|ed|es|s|e)$/, '') : word;
}
