import { boundedReads } from './bounded-reads';
import { ordersIn } from './directives';
import {
  asksFor,
  asksForThis,
  doesTheSame,
  handsOver,
  namesTool,
  wordsOfTool,
  type ToolWords,
} from './motive';
import { beginsIn, isInside, isNear, passagesOf, plantedIn, type Passage } from './passages';
import { prepareText } from './prepared-text';
import { DEFAULT_SENSITIVITY, type Sensitivity } from './sensitivity';
import type { ArgumentOrigin, Injection, InjectionReason, Provenance, Read } from './types';

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
  readonly sensitivity?: Sensitivity;
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
 * | `likely`     | the request asks for calls of this kind, but such a sentence holds a target of this call, or any  |
 * |              | value while the request speaks of nothing the call is about; and the request neither points to    |
 * |              | the document nor hands over to it                                                                |
 * | `suspected`  | any sentence that tells its reader to act holds a value of this call nobody asked for, or a       |
 * |              | passage of orders stands near one or names the tool                                               |
 * | `none`       | otherwise                                                                                        |
 */
export function assessInjection(input: InjectionInput): Injection {
  const { recognisedScore } = input.sensitivity ?? DEFAULT_SENSITIVITY;
  const passages = passagesOf(input.reads, recognisedScore);
  const planted = plantedIn(passages);
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
  const likely = [...orderedTarget(found), ...carried(justThis(found), false)];
  if (likely.length > 0) {
    const reasons = likely.slice(0, 3).map((reason) => ({ ...reason, code: 'injection.likely' }));
    return { level: 'likely', reasons, planted };
  }
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
  if (passages.length === 0) return [];
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
  if (found.foreign.length === 0) return [];
  if (asksFor(found.request, found.tool) || handsOver(found.request)) return [];
  return ordered(justThis(found));
}

/** The same where the person asked for something like it, though not with this target, or not for this very thing. */
function orderedTarget(found: Case): InjectionReason[] {
  if (found.foreign.length === 0) return [];
  if (handsOver(found.request)) return [];
  const { foreign, ...rest } = justThis(found);
  const other = !asksForThis(found.request, found.tool);
  const decisive = foreign.filter(
    ({ role, pointedTo }) => pointedTo !== true && (other || role === 'target'),
  );
  return ordered({ ...rest, foreign: decisive });
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
  if (reads.length === 0 || asksFor(request, tool) || handsOver(request)) return [];
  return ordersIn(boundedReads(reads).reads, (sentence) => namesTool(sentence, tool)).map(
    (span) => ({
      code: 'injection.order_names_tool',
      text: 'A sentence the agent has read tells its reader to make such a call, and the request does not.',
      span,
    }),
  );
}

/**
 * Values that stand in orders. In a document the request points to, what it says is meant where it can do little: any detail
 * of a call that stays inside and can be undone, and the words of a message when the person hands over to the document.
 */
function ordered({ foreign, request, tool, mild }: Case): InjectionReason[] {
  if (foreign.length === 0) return [];
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
