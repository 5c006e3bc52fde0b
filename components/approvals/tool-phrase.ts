/** A tool's name as a phrase: `crm.delete_contact` reads "Crm: delete contact", `payments.transfer` "Transfer payments". */

const VERBS = new Set(
  (
    'add append approve archive book cancel close commit copy create delete deploy disable drop enable execute export ' +
    'forward get grant import insert invite issue list lock merge migrate modify move open patch pay post publish purge put query ' +
    'read refund remove rename replace reply reschedule reserve reset restart restore revoke run schedule search send set ' +
    'share start stop submit transfer unlock update upload upsert write'
  ).split(' '),
);

/** Words that are written large. */
const ACRONYMS = new Set(
  'ai api crm csv db dns erp hr http iam id ip it k8s pdf pr s3 sla sms sql ssh url vm vpn'.split(
    ' ',
  ),
);

const READABLE_NAME = /^[A-Za-z][A-Za-z0-9_.:/-]*$/;

/**
 * Words for a tool name, with the verb in front, or null when the name holds anything but plain ASCII: such a name is
 * shown exactly as it is, because prettifying it could hide what it is.
 */
export function toolPhrase(toolName: string): string | null {
  if (!READABLE_NAME.test(toolName)) return null;
  const segments = toolName.split(/__|[.:/]/).filter(Boolean);
  const last = words(segments.at(-1) ?? '');
  const before = words(segments.at(-2) ?? '');
  const [verb] = last;
  if (verb === undefined) return null;
  if (before.length === 0) return written(last);
  // What it is done to may stand in front alone: `refund.create_large`.
  if (last.length > 1) return `${written(before)}: ${last.map(large).join(' ')}`;
  return written(VERBS.has(verb) ? [verb, ...before] : [...before, verb]);
}

function words(segment: string): string[] {
  return segment
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .split(/[_-]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

function written(phrase: readonly string[]): string {
  const words = phrase.map(large).join(' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function large(word: string): string {
  return ACRONYMS.has(word) ? word.toUpperCase() : word;
}
