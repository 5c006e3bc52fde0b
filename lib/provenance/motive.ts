import { normalise } from './normalise';
import { rememberLast, tokensOf } from './prepared-text';
import { DEEDS_OF, stemOf, verbOf } from './verbs';

/** What a tool does and to what, told by its name: `calendar.createEvent` creates an event in a calendar. */
export interface ToolWords {
  readonly deeds: readonly string[];
  /** Stems of the words beside the verb, which stands first: `delete_email` deletes. */
  readonly objects: readonly string[];
  readonly all: readonly string[];
}

export const wordsOfTool = rememberLast(readToolName);

function readToolName(name: string): ToolWords {
  const words = normalise(name.replace(/([a-z])([A-Z])/g, '$1 $2'))
    .text.split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
  const verb = words.find((word) => DEEDS_OF.has(word));
  return {
    deeds: DEEDS_OF.get(verb ?? '') ?? [],
    objects: words.filter((word) => word !== verb).map(stemOf),
    all: words.map(stemOf),
  };
}

/** Whether a verb asks for what the tool does. */
export function doesTheSame(verb: string, { deeds }: ToolWords): boolean {
  return (DEEDS_OF.get(verb) ?? []).some((deed) => deeds.includes(deed));
}

/** Whether a text speaks of such a call: of all words of its name, or of its deed and what it is done to. */
export function namesTool(text: string, tool: ToolWords): boolean {
  if (tool.all.length === 0) return false;
  if (tool.all.every((word) => text.includes(word))) return true;
  return (
    tool.objects.length > 0 &&
    tool.objects.every((word) => text.includes(word)) &&
    asksFor(text, tool)
  );
}

/** Whether a text has a verb, or a noun made of one, for what the tool does. */
export function asksFor(text: string, tool: ToolWords): boolean {
  return verbsIn(text).some((verb) => doesTheSame(verb, tool));
}

/** Each call of a session is compared with the same request. */
const verbsIn = rememberLast(findVerbs);

function findVerbs(text: string): string[] {
  return tokensOf(text).flatMap((token, at, tokens) => {
    const verb = verbOf(token);
    if (verb === undefined) return [];
    return verb !== token || !BEFORE_A_NOUN.has(tokens[at - 1] ?? '') ? [verb] : [];
  });
}

/** Whether a text asks for such a call and speaks of something the call is about. */
export function asksForThis(text: string, tool: ToolWords): boolean {
  if (!asksFor(text, tool)) return false;
  return tool.objects.length === 0 || tool.objects.some((word) => text.includes(word));
}

/** "My mail" asks for no mail to be sent. */
const BEFORE_A_NOUN = new Set(
  'a an the my your his her its our their this that these those some any no each every last latest new unread by via in of from per'.split(
    ' ',
  ),
);

const HANDED_OVER =
  /\b(?:do|follow|complete|perform|execute|carry out|take care of|handle|work through|go through|finish|act on|process|implement)\b(?! (?:the |these |those |all )*(?:following|tasks? below))[^.!?]{0,40}\b(?:tasks?|actions?|instructions?|steps?|to-?do|to do|items?|requests?|list|checklist|orders?|(?:it|they|he|she|that|this|which|what)(?: \w+)? (?:says?|asks?|wants?|specif\w+|describ\w+|mention\w+|list\w*|contain\w*|request\w*))\b|\b(?:as|what(?:ever)?) (?:is |was |are |were )?(?:asked|instructed|described|specified|requested|listed|told|written|mentioned|stated|says?)\b/;

/** The person lets somebody else's text say what to do: "do what is on the list". */
export function handsOver(request: string): boolean {
  return HANDED_OVER.test(request);
}
