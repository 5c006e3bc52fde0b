/** Reads the annotations out of Cedar text, for a list of rules in words. Pure; the engine parses the text itself. */

export interface PolicyRule {
  id: string;
  effect: 'permit' | 'forbid';
  reason: string | undefined;
  remedy: string | undefined;
}

const RULE = /((?:@\w+\("(?:[^"\\]|\\.)*"\)\s*)*)\b(permit|forbid)\s*\(/g;
const ANNOTATION = /@(\w+)\("((?:[^"\\]|\\.)*)"\)/g;

/** A comment may hold words that look like a rule; strings may hold "//". */
function withoutComments(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|\/\/[^\n]*/g, (match) =>
    match.startsWith('"') ? match : '',
  );
}

function annotationsOf(text: string): Map<string, string> {
  return new Map(
    Array.from(text.matchAll(ANNOTATION), (match) => [match[1] ?? '', match[2] ?? '']),
  );
}

/** The rules of a Cedar text in order, with their `@id`, `@reason` and `@remedy`. */
export function policyRules(text: string): PolicyRule[] {
  return Array.from(withoutComments(text).matchAll(RULE), (match, index) => {
    const found = annotationsOf(match[1] ?? '');
    return {
      id: found.get('id') ?? `rule ${index + 1}`,
      effect: match[2] === 'permit' ? 'permit' : 'forbid',
      reason: found.get('reason'),
      remedy: found.get('remedy'),
    };
  });
}
