import { t, texts } from '@/lib/client/language';
import { SQL_DIALECTS, type SqlDialect, type SqlToken, sqlTokens } from './sql-tokens';

/** Something in a statement that a reviewer must not overlook. */
export interface SqlWarning {
  /** A sentence. */
  readonly text: string;
  /** UTF-16 offsets of the words it is about. */
  readonly start: number;
  readonly end: number;
}

/** A token that is carried out, with its word in capitals. */
interface Live extends SqlToken {
  readonly word: string;
  /** How many brackets are open around it. */
  readonly depth: number;
  /** Which statement it belongs to, from 0, and the word that statement begins with. */
  readonly statement: number;
  readonly begins: string;
  /** A WHERE of its own follows, not one of a statement around or inside it. */
  readonly narrowed: boolean;
}

type Check = (live: readonly Live[], index: number) => string | null;

const WORD_WARNINGS: Readonly<Record<string, string>> = texts({
  DROP: 'DROP removes it for good.',
  TRUNCATE: 'TRUNCATE empties the whole table.',
  GRANT: 'GRANT changes who may do what.',
  REVOKE: 'REVOKE changes who may do what.',
  ALTER: 'ALTER changes how the data is built.',
});
/** `ON DELETE CASCADE`, `FOR UPDATE`, `BEFORE UPDATE OF` and their like change nothing by themselves. */
const NO_VERB_AFTER = new Set(['ON', 'FOR', 'KEY', 'AFTER', 'BEFORE', 'OF']);

const CHECKS: readonly Check[] = [
  (live, index) => {
    const { word } = live[index] as Live;
    if (word === 'TRUNCATE' && live[index + 1]?.word === '(') return null;
    return WORD_WARNINGS[word] ?? null;
  },
  (live, index) => {
    const { word, narrowed } = live[index] as Live;
    if (narrowed || (word !== 'DELETE' && word !== 'UPDATE')) return null;
    return isVerb(live, index) ? t('{word} without WHERE: it covers every row.', { word }) : null;
  },
  (live, index) => (isAlwaysTrue(live, index) ? t('This condition is always true.') : null),
  (live, index) => {
    // Said once, where the second begins: said at each, it would bury what else there is.
    const { statement } = live[index] as Live;
    if (statement !== 1 || live[index - 1]?.statement === 1) return null;
    return t('{count} statements are sent at once.', {
      count: (live.at(-1)?.statement ?? 1) + 1,
    });
  },
];

/**
 * What to look at in a statement, in its order: what removes or opens things, what covers every row, conditions that are always
 * true, and what follows a first statement. Text in quotes and comments does not count, unless a common database would carry it
 * out: the statement is read as PostgreSQL, MySQL and SQL Server would, and each may warn.
 */
export function sqlWarnings(sql: string): SqlWarning[] {
  const found = new Map<string, SqlWarning>();
  for (const dialect of SQL_DIALECTS)
    for (const warning of warningsIn(sql, dialect))
      found.set(`${warning.start} ${warning.text}`, warning);
  return [...found.values()].sort((a, b) => a.start - b.start);
}

function warningsIn(sql: string, dialect: SqlDialect): SqlWarning[] {
  const tokens = sqlTokens(sql, dialect);
  const live = liveTokens(sql, tokens);
  const unclosed = tokens
    .filter(({ open }) => open)
    .map(({ start }) => ({
      text: t('What opens here never ends: databases read what follows differently.'),
      start,
      end: start + 1,
    }));
  return [
    ...unclosed,
    ...live.flatMap(({ start, end }, index) =>
      CHECKS.flatMap((check) => {
        const text = check(live, index);
        return text === null ? [] : [{ text, start, end }];
      }),
    ),
  ];
}

function liveTokens(sql: string, tokens: readonly SqlToken[]): Live[] {
  const live: Omit<Live, 'narrowed'>[] = [];
  let depth = 0;
  let statement = 0;
  for (const token of tokens) {
    if (token.kind === 'space' || token.kind === 'comment') continue;
    const text = sql.slice(token.start, token.end);
    const last = live.at(-1);
    if (text === ';') {
      statement = (last?.statement ?? -1) + 1;
      depth = 0;
      continue;
    }
    if (text === ')') depth = Math.max(0, depth - 1);
    // A text in quotes is never one of the words looked for.
    const word = token.kind === 'quoted' ? `'${text}` : text.toUpperCase();
    const begins = last?.statement === statement ? last.begins : word;
    live.push({ ...token, word, depth, statement, begins });
    if (text === '(') depth += 1;
  }
  return narrowedTokens(live);
}

/** One walk from the end: a WHERE narrows what stands before it at its own depth, up to the bracket it is in. */
function narrowedTokens(live: readonly Omit<Live, 'narrowed'>[]): Live[] {
  let whereAtDepth: boolean[] = [];
  let statement = -1;
  return live
    .toReversed()
    .map((token) => {
      whereAtDepth = token.statement === statement ? whereAtDepth.slice(0, token.depth + 1) : [];
      statement = token.statement;
      const narrowed = whereAtDepth[token.depth] ?? false;
      if (token.word === 'WHERE') whereAtDepth[token.depth] = true;
      return { ...token, narrowed };
    })
    .toReversed();
}

function isVerb(live: readonly Live[], index: number): boolean {
  const before = live[index - 1];
  const here = live[index] as Live;
  if (before === undefined || before.statement !== here.statement) return true;
  if (NO_VERB_AFTER.has(before.word)) return false;
  const next = live[index + 1]?.word;
  // `MERGE ... THEN UPDATE SET` and `ON CONFLICT ... DO UPDATE SET` reach the rows that were matched, no others.
  if (before.word === 'THEN' || before.word === 'DO')
    return next !== 'SET' && next !== 'WHEN' && next !== undefined;
  return here.begins !== 'GRANT' && here.begins !== 'REVOKE';
}

/** Opening brackets before a condition that are looked past. */
const MOST_BRACKETS = 8;

function isAlwaysTrue(live: readonly Live[], index: number): boolean {
  const { word } = live[index] as Live;
  if (word !== 'OR' && word !== 'WHERE') return false;
  const near = live.slice(index + 1, index + 4 + MOST_BRACKETS);
  const [one, equals, other] = near.filter(({ word: next }) => next !== '(');
  if (one?.word === 'TRUE') return true;
  return one !== undefined && equals?.word === '=' && other?.word === one.word;
}
