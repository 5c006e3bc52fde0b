/** SQL cut into words, texts and comments, once as each family of databases would. */

export interface SqlToken {
  readonly kind: 'word' | 'quoted' | 'comment' | 'mark' | 'space';
  /** UTF-16 offsets, `end` exclusive. */
  readonly start: number;
  readonly end: number;
  /** A text in quotes or a comment that does not end. */
  readonly open?: true;
}

/** Where databases read the same bytes differently. */
export interface SqlDialect {
  readonly backslashEscapes: boolean;
  readonly hashComments: boolean;
  readonly nestedComments: boolean;
  readonly dollarQuotes: boolean;
  readonly bracketNames: boolean;
  /** A comment that begins with an exclamation mark is carried out. */
  readonly livingComments: boolean;
}

/** As PostgreSQL, MySQL and SQL Server read it. A warning holds when one of them would give it. */
export const SQL_DIALECTS: readonly [SqlDialect, ...SqlDialect[]] = [
  {
    backslashEscapes: false,
    hashComments: false,
    nestedComments: true,
    dollarQuotes: true,
    bracketNames: false,
    livingComments: false,
  },
  {
    backslashEscapes: true,
    hashComments: true,
    nestedComments: false,
    dollarQuotes: false,
    bracketNames: false,
    livingComments: true,
  },
  {
    backslashEscapes: false,
    hashComments: false,
    nestedComments: true,
    dollarQuotes: false,
    bracketNames: true,
    livingComments: false,
  },
];

interface Rule {
  readonly kind: SqlToken['kind'];
  readonly begins: RegExp;
  readonly when?: (dialect: SqlDialect) => boolean;
  /** The end of the token, or null when it never ends; without it, what matched is the token. */
  readonly ends?: (
    text: string,
    from: number,
    opened: string,
    dialect: SqlDialect,
  ) => number | null;
}

const lineEnd = (text: string, from: number) => {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
};

/** The first rule that begins at a place is taken. */
const RULES: readonly Rule[] = [
  { kind: 'space', begins: /\s+/y },
  { kind: 'comment', begins: /--/y, ends: lineEnd },
  { kind: 'comment', begins: /#/y, when: ({ hashComments }) => hashComments, ends: lineEnd },
  { kind: 'mark', begins: /\/\*!\d*/y, when: ({ livingComments }) => livingComments },
  { kind: 'comment', begins: /\/\*/y, ends: commentEnd },
  {
    kind: 'quoted',
    begins: /\$(?:[A-Za-z_]\w*)?\$/y,
    when: ({ dollarQuotes }) => dollarQuotes,
    ends: (text, from, opened) => after(text.indexOf(opened, from), opened.length),
  },
  // Only here, and only in this notation, PostgreSQL reads a backslash in a text as an escape.
  {
    kind: 'quoted',
    begins: /[eE]'/y,
    when: ({ dollarQuotes }) => dollarQuotes,
    ends: (text, from) => quoteEnd(text, from, "'", true),
  },
  {
    kind: 'quoted',
    begins: /['"`]/y,
    ends: (text, from, opened, dialect) =>
      quoteEnd(text, from, opened, dialect.backslashEscapes && opened !== '`'),
  },
  {
    kind: 'quoted',
    begins: /\[/y,
    when: ({ bracketNames }) => bracketNames,
    ends: (text, from) => quoteEnd(text, from, ']', false),
  },
  { kind: 'word', begins: /[\p{L}\p{M}\p{N}_@][\p{L}\p{M}\p{N}_$]*/uy },
  { kind: 'mark', begins: /[\s\S]/uy },
];

/** The tokens of a text in one dialect: they follow each other without a gap, from its first to its last character. */
export function sqlTokens(text: string, dialect: SqlDialect): SqlToken[] {
  const rules = RULES.filter(({ when }) => when === undefined || when(dialect));
  const tokens: SqlToken[] = [];
  for (let start = 0; start < text.length;) {
    const token = tokenAt(text, start, rules, dialect);
    tokens.push(token);
    start = token.end;
  }
  return tokens;
}

function tokenAt(
  text: string,
  start: number,
  rules: readonly Rule[],
  dialect: SqlDialect,
): SqlToken {
  for (const { kind, begins, ends } of rules) {
    begins.lastIndex = start;
    const opened = begins.exec(text)?.[0];
    if (opened === undefined) continue;
    if (ends === undefined) return { kind, start, end: start + opened.length };
    const end = ends(text, start + opened.length, opened, dialect);
    return end === null ? { kind, start, end: text.length, open: true } : { kind, start, end };
  }
  return { kind: 'mark', start, end: start + 1 };
}

const after = (at: number, length: number) => (at === -1 ? null : at + length);

function commentEnd(text: string, from: number, _: string, { nestedComments }: SqlDialect) {
  const edge = /\/\*|\*\//g;
  edge.lastIndex = from;
  let depth = 1;
  for (let found = edge.exec(text); found !== null; found = edge.exec(text)) {
    if (found[0] === '*/') depth -= 1;
    else if (nestedComments) depth += 1;
    if (depth === 0) return edge.lastIndex;
  }
  return null;
}

/** A quote ends at its like, unless that is doubled or, where that counts, behind a backslash. */
function quoteEnd(text: string, from: number, quote: string, backslash: boolean): number | null {
  for (let at = from; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\' && backslash) at += 1;
    else if (char === quote) {
      if (text[at + 1] !== quote) return at + 1;
      at += 1;
    }
  }
  return null;
}
