/** What an agent had read from outside, with the places that were found again in a call, ready to be shown. */
import type { Extract, SourceRead, TextMark } from '@/lib/contracts';
import { isUuid, sql } from '@/lib/db';
import { shownText } from '@/lib/decide';
import { partsAround } from '@/lib/provenance';
import { iso } from '@/lib/services/instants';
import type { Span } from './spans';

interface ReadRow {
  readonly id: string;
  readonly tool: string;
  readonly text: string;
  readonly truncated: boolean;
  readonly at: Date;
}

/** The reads that the spans lie in, oldest first. The caller has checked who asks. */
export async function readSources(
  workspaceId: string,
  sessionId: string | null,
  spans: readonly Span[],
): Promise<SourceRead[]> {
  const ids = [...new Set(spans.map(({ readId }) => readId))].filter(isUuid).sort();
  if (ids.length === 0) return [];
  const rows = await sql<ReadRow>(
    `SELECT decision_id::text AS id, tool, text, truncated, created_at AS at FROM session_reads
     WHERE workspace_id = $1 AND session_id = $2 AND decision_id = ANY($3::uuid[])`,
    [workspaceId, sessionId, ids],
  );
  const kept = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) =>
    sourceOf(
      id,
      kept.get(id),
      spans.filter(({ readId }) => readId === id),
    ),
  );
}

function sourceOf(id: string, row: ReadRow | undefined, spans: readonly Span[]): SourceRead {
  const source = {
    id,
    tool: row?.tool ?? null,
    at: row === undefined ? null : iso(row.at),
    characters: row?.text.length ?? 0,
    truncated: row?.truncated ?? false,
  };
  // A text with a secret in it is shown as the words that were kept without it: what surrounds them could be a part of it.
  const places =
    row === undefined || shownText(row.text) !== row.text ? [] : placesIn(row.text, spans);
  if (row === undefined || places.length === 0)
    return { ...source, wordsOnly: true, extracts: wordsOf(spans), skippedAfter: 0 };
  const { parts, skippedAfter } = partsAround(row.text, places);
  const extracts = parts.map(({ skipped, text, places: marks }) => ({
    skipped,
    text,
    marks: [...marks],
  }));
  return { ...source, wordsOnly: false, extracts, skippedAfter };
}

/** Where the spans are; one that was stored without its place is looked up by its words. Each place once. */
function placesIn(text: string, spans: readonly Span[]): TextMark[] {
  const found = spans.flatMap(({ start, end, excerpt, what, path }): TextMark[] => {
    if (start !== null && end !== null) return [{ start, end, what, path }];
    const words = excerpt.replace(/…$/, '');
    const at = text.indexOf(words);
    return words === '' || at === -1 ? [] : [{ start: at, end: at + words.length, what, path }];
  });
  const inside = found.filter(({ start, end }) => start < end && end <= text.length);
  const values = inside.filter(({ what }) => what === 'value');
  const byPlace = new Map(values.map((mark) => [`${mark.start} ${mark.end} ${mark.path}`, mark]));
  return [...byPlace.values(), ...joined(inside.filter(({ what }) => what === 'order'))];
}

/** Orders that overlap or touch are one to whoever reads them. */
function joined(orders: readonly TextMark[]): TextMark[] {
  const found: TextMark[] = [];
  for (const order of orders.toSorted((a, b) => a.start - b.start)) {
    const last = found.at(-1);
    if (last !== undefined && order.start <= last.end) last.end = Math.max(last.end, order.end);
    else found.push({ ...order });
  }
  return found;
}

function wordsOf(spans: readonly Span[]): Extract[] {
  const byWords = new Map(spans.map((span) => [`${span.what} ${span.excerpt}`, span]));
  return [...byWords.values()]
    .filter(({ excerpt }) => excerpt !== '')
    .map(({ excerpt, what, path }) => ({
      skipped: 0,
      text: excerpt,
      marks: [{ start: 0, end: excerpt.length, what, path }],
    }));
}
