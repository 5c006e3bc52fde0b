import { SQL_DIALECTS, sqlTokens } from './sql-tokens';
import type { SqlWarning } from './sql-warnings';

export interface SqlSegment {
  readonly text: string;
  readonly look: 'plain' | 'keyword' | 'comment' | 'warned';
}

/** Keywords of a longer statement are not set apart: each is an element of the page. */
const MOST_CHARACTERS = 20_000;

const KEYWORDS = new Set(
  (
    'ADD ALL ALTER AND AS ASC BEGIN BETWEEN BY CASCADE CASE COLUMN COMMIT CONFLICT CONSTRAINT CREATE CROSS DELETE DESC ' +
    'DISTINCT DO DROP ELSE END EXCEPT EXISTS FOREIGN FROM FULL FUNCTION GRANT GROUP HAVING IF IN INDEX INNER INSERT ' +
    'INTERSECT INTO IS JOIN KEY LEFT LIKE LIMIT MATCHED MERGE NOT NULL OFFSET ON OR ORDER OUTER PRIMARY REFERENCES ' +
    'RETURNING REVOKE RIGHT ROLLBACK SELECT SET TABLE THEN TO TRUNCATE UNION UNIQUE UPDATE USING VALUES VIEW WHEN WHERE WITH'
  ).split(' '),
);

/**
 * A statement cut into pieces that look alike. The texts of all segments joined are the statement.
 *
 * @param warnings what is pointed at; their words stand out whatever the size of the statement
 */
export function sqlSegments(sql: string, warnings: readonly SqlWarning[]): SqlSegment[] {
  const warned = new Set(warnings.map(({ start }) => start));
  const whole = sql.length <= MOST_CHARACTERS;
  const segments: { text: string; look: SqlSegment['look'] }[] = [];
  for (const { kind, start, end } of sqlTokens(sql, SQL_DIALECTS[0])) {
    for (const piece of piecesOf(start, end, warned)) {
      const text = sql.slice(piece.from, piece.to);
      const isKeyword = whole && kind === 'word' && KEYWORDS.has(text.toUpperCase());
      const quiet = kind === 'comment' ? 'comment' : isKeyword ? 'keyword' : 'plain';
      const look = piece.warned ? 'warned' : quiet;
      const last = segments.at(-1);
      if (last?.look === look) last.text += text;
      else segments.push({ text, look });
    }
  }
  return segments;
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly warned: boolean;
}

/** A token that begins with a warned place is one; another dialect may warn of a place in the middle of one. */
function piecesOf(start: number, end: number, warned: ReadonlySet<number>): Piece[] {
  if (warned.has(start)) return [{ from: start, to: end, warned: true }];
  for (let at = start + 1; at < end; at += 1)
    if (warned.has(at))
      return [
        { from: start, to: at, warned: false },
        { from: at, to: end, warned: true },
      ];
  return [{ from: start, to: end, warned: false }];
}

/** The segments of a part of the statement; offsets are UTF-16 units, `to` exclusive. */
export function sliceSegments(
  segments: readonly SqlSegment[],
  from: number,
  to: number,
): SqlSegment[] {
  let at = 0;
  return segments.flatMap(({ text, look }) => {
    const start = at;
    at += text.length;
    const part = text.slice(Math.max(0, from - start), Math.max(0, to - start));
    return part === '' ? [] : [{ text: part, look }];
  });
}
