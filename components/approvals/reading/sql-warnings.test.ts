import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceSegments, sqlSegments } from './sql-segments';
import { SQL_DIALECTS, sqlTokens } from './sql-tokens';
import { sqlWarnings } from './sql-warnings';

const said = (sql: string) => sqlWarnings(sql).map(({ text }) => text);
const WHOLE_DELETE = 'DELETE without WHERE: it covers every row.';
const WHOLE_UPDATE = 'UPDATE without WHERE: it covers every row.';
const ALWAYS = 'This condition is always true.';

describe('warnings about a statement', () => {
  it.each<[string, string]>([
    ['delete from t', WHOLE_DELETE],
    ['UPDATE t SET a = 1', WHOLE_UPDATE],
    ['DELETE FROM t -- WHERE id = 1', WHOLE_DELETE],
    ["DELETE FROM t RETURNING ' WHERE '", WHOLE_DELETE],
    ['DELETE FROM t /* /* */ WHERE id = 1 */', WHOLE_DELETE],
    ['DELETE FROM t # WHERE id = 1', WHOLE_DELETE],
    ['DELETE FROM [where]', WHOLE_DELETE],
    ['DELETE FROM $a$ WHERE $a$', WHOLE_DELETE],
    ['WITH gone AS (DELETE FROM t) SELECT 1 FROM u WHERE x = 2', WHOLE_DELETE],
    ['UPDATE t SET a = (SELECT b FROM u WHERE u.id = 1)', WHOLE_UPDATE],
    ['DELETE FROM t WHERE id = 1 OR 1=1', ALWAYS],
    ['DELETE FROM t WHERE id = 1 OR (TRUE)', ALWAYS],
    ['SELECT 1 WHERE a = a', ALWAYS],
    ["SELECT 1 WHERE x = '' OR 'a'='a'", ALWAYS],
    ['DROP TABLE t', 'DROP removes it for good.'],
    ['truncate t', 'TRUNCATE empties the whole table.'],
    ['GRANT ALL ON t TO me', 'GRANT changes who may do what.'],
    ['SELECT 1; DROP TABLE t; SELECT 2', '3 statements are sent at once.'],
    ['SELECT /*!50000 1 ; DROP TABLE t */', 'DROP removes it for good.'],
    ["SELECT 'a", 'What opens here never ends: databases read what follows differently.'],
    // PostgreSQL ends the text at the second quote, MySQL at the fourth: either may be the one that answers.
    [String.raw`SELECT '\' OR 1=1 -- '`, ALWAYS],
  ])('%s: %s', (sql, warning) => {
    expect(said(sql)).toContain(warning);
  });

  it.each([
    'SELECT a FROM t WHERE b = 2',
    'DELETE FROM t WHERE id = 1',
    'UPDATE t SET a = 1 WHERE id IN (SELECT id FROM u)',
    "SELECT 'DROP TABLE t; DELETE FROM t'",
    'SELECT 1 -- DROP TABLE t',
    'INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 1',
    'CREATE TABLE t (a int REFERENCES u ON DELETE CASCADE)',
    'SELECT a FROM t FOR UPDATE',
    'SELECT TRUNCATE(a, 2) FROM t',
    'SELECT 1;',
  ])('nothing to say about %s', (sql) => {
    expect(said(sql)).toEqual([]);
  });

  it('point at the words they are about', () => {
    const sql = 'SELECT 1;\nDELETE FROM t';
    const warning = sqlWarnings(sql).find(({ text }) => text === WHOLE_DELETE);
    expect(sql.slice(warning?.start, warning?.end)).toBe('DELETE');
  });

  it('are said once for many statements, so that they bury nothing', () => {
    expect(said(`${'INSERT INTO t VALUES (1);\n'.repeat(500)}DROP TABLE t`)).toEqual([
      '501 statements are sent at once.',
      'DROP removes it for good.',
    ]);
  });

  it('take time in proportion to the statement', () => {
    const long = `${'DELETE OR ('.repeat(20_000)} ${'x'.repeat(80_000)}`;
    expect(sqlWarnings(long).length).toBeGreaterThan(1_000);
  });
});

describe('the pieces of a statement', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.constantFrom(
        ...["'", '"', '`', '--', '/*', '*/', '/*!', '$$', '$a$', '[', ']', ';', '(', ')', '\\'],
        ...['\n', '#', "E'", ' ', 'DELETE', 'WHERE', 'FROM', 'x', '1=1', 'OR', '\u202e', '😀'],
      ),
      fc.string(),
    ),
  );

  it('are the whole statement, in every dialect and in every part', () => {
    fc.assert(
      fc.property(pieces, fc.nat(80), (parts, cut) => {
        const sql = parts.join('');
        for (const dialect of SQL_DIALECTS) {
          const tokens = sqlTokens(sql, dialect);
          expect(tokens.map(({ start, end }) => sql.slice(start, end)).join('')).toBe(sql);
        }
        const segments = sqlSegments(sql, sqlWarnings(sql));
        const text = (some: readonly { text: string }[]) => some.map((one) => one.text).join('');
        expect(text(segments)).toBe(sql);
        expect(
          text(sliceSegments(segments, 0, cut)) + text(sliceSegments(segments, cut, sql.length)),
        ).toBe(sql);
      }),
      { numRuns: 1_000 },
    );
  });

  it('set keywords apart, but not in quotes or comments', () => {
    const looks = sqlSegments("SELECT 'FROM' -- WHERE", []);
    expect(looks).toEqual([
      { text: 'SELECT', look: 'keyword' },
      { text: " 'FROM' ", look: 'plain' },
      { text: '-- WHERE', look: 'comment' },
    ]);
  });

  it('point at a word that only another database would carry out', () => {
    const sql = 'SELECT 1 /*! ; DROP TABLE t */';
    const warned = sqlSegments(sql, sqlWarnings(sql)).filter(({ look }) => look === 'warned');
    expect(warned.map(({ text }) => text).join('')).toContain('DROP');
  });
});
