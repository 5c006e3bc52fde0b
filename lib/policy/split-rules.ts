/** One rule of a policy text, with the place where it starts. */
export interface RuleText {
  readonly text: string;
  /** UTF-16 offset in the whole text. */
  readonly offset: number;
}

/** Comments, strings and the semicolon: the only tokens that matter for finding where a rule ends. */
const TOKENS = /\/\/[^\n]*|"(?:\\[\s\S]|[^"\\])*"|;/g;
const LEADING = /^(?:\s+|\/\/[^\n]*(?:\n|$))*/;

/**
 * Cuts a Cedar text into its rules. Cedar's own splitter drops comments and places, and both are needed: the places for
 * the line numbers of errors. A remainder without a semicolon comes back as a rule, so that parsing it reports the error.
 */
export function splitRules(source: string): RuleText[] {
  const rules: RuleText[] = [];
  let from = 0;
  for (const match of source.matchAll(TOKENS)) {
    if (match[0] !== ';') continue;
    push(rules, source, from, match.index + 1);
    from = match.index + 1;
  }
  push(rules, source, from, source.length);
  return rules;
}

function push(rules: RuleText[], source: string, from: number, to: number): void {
  const slice = source.slice(from, to);
  const skipped = LEADING.exec(slice)?.[0].length ?? 0;
  const text = slice.slice(skipped);
  if (text.trim() !== '') rules.push({ text, offset: from + skipped });
}
