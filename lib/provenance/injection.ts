import { MAX_READS } from './bounds';
import { ordersIn } from './directives';
import { detectInstructions } from './instructions';
import { asksFor, doesTheSame, handsOver, namesTool, wordsOfTool, type ToolWords } from './motive';
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
    readonly reversible: boolean;
  };
}

/** A passage of orders this near to the value of an argument, in characters, is about it. */
const NEAR_CHARS = 400;
const NEXT_SENTENCE_CHARS = 40;
/** How much a passage must look like orders to the agent before anything is recognised by it. */
export const RECOGNISED_SCORE = 0.7;

interface Passage {
  readonly place: ReadSpan;
  readonly text: string;
  readonly strong: boolean;
}

interface Case {
  readonly passages: readonly Passage[];
  readonly foreign: readonly ArgumentOrigin[];
  readonly request: string;
  readonly tool: ToolWords;
  /** The call stays inside and can be undone. */
  readonly mild: boolean;
}

/**
 * Whether a call follows orders hidden in what the agent read.
 *
 * | level        | when (only for a side effect or a call that reaches outside)                                     |
 * |--------------|--------------------------------------------------------------------------------------------------|
 * | `recognised` | a passage that clearly gives orders to the agent holds a value of this call nobody asked for, or  |
 * |              | names the tool while the request does not; or a plain sentence tells its reader to do just this   |
 * |              | with such a value, and the request asks for nothing like it                                      |
 * | `likely`     | such a sentence holds a target of this call, though the request asks for calls of this kind, but  |
 * |              | neither points to the document nor hands over to it                                              |
 * | `suspected`  | any sentence that tells its reader to act holds a value of this call nobody asked for, or a       |
 * |              | passage of orders stands near one or names the tool                                               |
 * | `none`       | otherwise                                                                                        |
 */
export function assessInjection(input: InjectionInput): Injection {
  const passages = passagesOf(input.reads);
  const planted = passages.filter(({ strong }) => strong).map(plantedReason);
  const { sideEffect, egress } = input.tool;
  if (sideEffect === 'none' && !egress) return { level: 'none', reasons: [], planted };
  const found: Case = {
    passages,
    foreign: input.provenance.arguments.filter(({ origin }) => origin === 'third_party'),
    request: prepareText(input.request).text,
    tool: wordsOfTool(input.tool.name),
    mild: !egress && input.tool.reversible,
  };
  const clear = [...carried(found, true), ...named(found, true)];
  const certain = clear.length > 0 ? clear : orderedUnasked(found);
  if (certain.length > 0) return { level: 'recognised', reasons: certain.slice(0, 3), planted };
  const likely = orderedTarget(found);
  if (likely.length > 0) return { level: 'likely', reasons: likely.slice(0, 3), planted };
  const possible = [
    ...carried(found, false),
    ...named(found, false),
    ...ordered(found),
    ...namedByOrder(found, input.reads),
  ];
  return possible.length > 0
    ? { level: 'suspected', reasons: possible.slice(0, 3), planted }
    : { level: 'none', reasons: [], planted };
}

/** Text in what was read that gives orders to the agent, strongest first. */
export function plantedOrders(reads: readonly Read[]): readonly InjectionReason[] {
  return passagesOf(reads)
    .filter(({ strong }) => strong)
    .map(plantedReason);
}

function passagesOf(reads: readonly Read[]): Passage[] {
  return reads
    .slice(-MAX_READS)
    .flatMap((read) => detectInstructions(read.text).spans.map((span) => passageOf(read, span)));
}

function passageOf(read: Read, { start, end, excerpt, score }: InstructionSpan): Passage {
  return {
    place: { readId: read.id, start, end, excerpt },
    text: normalise(read.text.slice(start, end)).text,
    strong: score >= RECOGNISED_SCORE,
  };
}

const plantedReason = ({ place }: Passage): InjectionReason => ({
  code: 'injection.planted',
  text: 'Text the agent has read in this session gives orders to it.',
  span: place,
});

/** Passages that hold a value of the call. With `certain` only strong ones, and nearness counts only for a value in an order. */
function carried({ passages, foreign }: Case, certain: boolean): InjectionReason[] {
  return passages.flatMap((passage): InjectionReason[] => {
    if (certain && !passage.strong) return [];
    const inside = foreign.some(
      (argument) => isInside(argument, passage) || beginsIn(argument.order, passage.place),
    );
    if (inside) {
      return [
        {
          code: 'injection.carries_argument',
          text: 'Orders in text the agent has read hold the very value this call uses.',
          span: passage.place,
        },
      ];
    }
    if (certain || !foreign.some(({ span }) => isNear(span, passage.place))) return [];
    return [
      {
        code: 'injection.near_argument',
        text: 'Orders stand close to a value this call took from text from outside.',
        span: passage.place,
      },
    ];
  });
}

/** Passages that ask for such a call, when the request does not. */
function named({ passages, request, tool }: Case, certain: boolean): InjectionReason[] {
  if (namesTool(request, tool)) return [];
  return passages
    .filter(({ strong, text }) => (strong || !certain) && namesTool(text, tool))
    .map(({ place }) => ({
      code: 'injection.names_tool',
      text: 'Orders in text the agent has read ask for this very kind of call.',
      span: place,
    }));
}

/** Plain sentences that tell their reader to do what the call does, with its value, while the person asked for nothing like it. */
function orderedUnasked(found: Case): InjectionReason[] {
  if (asksFor(found.request, found.tool) || handsOver(found.request)) return [];
  return ordered(justThis(found));
}

/** The same where the person asked for such a call, though not with this target, nor for what the text says. */
function orderedTarget(found: Case): InjectionReason[] {
  if (handsOver(found.request)) return [];
  const { foreign, ...rest } = justThis(found);
  const targets = foreign.filter(({ role, pointedTo }) => role === 'target' && pointedTo !== true);
  return ordered({ ...rest, foreign: targets }).map((reason) => ({
    ...reason,
    code: 'injection.ordered_target',
  }));
}

/** Only the values that stand in orders to do what the call does. */
function justThis(found: Case): Case {
  const { foreign, tool } = found;
  return {
    ...found,
    foreign: foreign.filter(({ order }) => order?.verbs.some((verb) => doesTheSame(verb, tool))),
  };
}

/** Plain sentences that tell their reader to do what the call does, while the person asked for nothing like it. */
function namedByOrder({ request, tool }: Case, reads: readonly Read[]): InjectionReason[] {
  if (asksFor(request, tool) || handsOver(request)) return [];
  return ordersIn(reads.slice(-MAX_READS), (sentence) => namesTool(sentence, tool)).map((span) => ({
    code: 'injection.order_names_tool',
    text: 'A sentence the agent has read tells its reader to make such a call, and the request does not.',
    span,
  }));
}

/**
 * Values that stand in orders. In a document the request points to, what it says is meant where it can do little: any detail
 * of a call that stays inside and can be undone, and the words of a message when the person hands over to the document.
 */
function ordered({ foreign, request, tool, mild }: Case): InjectionReason[] {
  const handedOver = handsOver(request);
  const wanted = mild && (handedOver || asksFor(request, tool));
  const meant = ({ role, pointedTo }: ArgumentOrigin): boolean =>
    pointedTo === true && ((wanted && role !== 'target') || (handedOver && role === 'content'));
  return foreign.flatMap(({ order, ...argument }) =>
    order === undefined || meant(argument)
      ? []
      : [
          {
            code: 'injection.ordered_argument',
            text: 'A sentence the agent has read tells its reader to act, with the very value this call uses.',
            span: {
              readId: order.readId,
              start: order.start,
              end: order.end,
              excerpt: order.excerpt,
            },
          },
        ],
  );
}

function isInside({ span, value: shown }: ArgumentOrigin, { place, text }: Passage): boolean {
  if (
    span !== undefined &&
    span.readId === place.readId &&
    span.start < place.end &&
    span.end > place.start
  ) {
    return true;
  }
  const value = normalise(shown).text.trim();
  return value.length >= 5 && findWhole(text, value) !== -1;
}

/** Orders often announce themselves and then say what is to be done: the next sentence still belongs to them. */
function beginsIn(order: ReadSpan | undefined, place: ReadSpan): boolean {
  if (order === undefined || order.readId !== place.readId) return false;
  return order.start >= place.start && order.start <= place.end + NEXT_SENTENCE_CHARS;
}

function isNear(span: ReadSpan | undefined, place: ReadSpan): boolean {
  if (span === undefined || span.readId !== place.readId) return false;
  return span.start < place.end + NEAR_CHARS && span.end > place.start - NEAR_CHARS;
}
