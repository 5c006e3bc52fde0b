/** How much the sources of a workspace may still say today, and how much their word weighs. */
import { DomainError, type EvidenceProtocol } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { Item, Saying } from './take';

export type Protocol = EvidenceProtocol;
/** Stands for every source that has no row of its own. */
const ANY_SOURCE = '*';
const PAUSED = 'its source is paused';
const USED_UP = 'its source has used up its day';
/** Whoever sends to a paused source asks again after this time, in seconds. */
const PAUSE_SECONDS = 3_600;

interface Rule {
  readonly id: string;
  readonly name: string;
  readonly weight: number;
  readonly dailyCap: number;
  readonly paused: boolean;
}

const dayOf = (now: number): string => new Date(now).toISOString().slice(0, 10);

/** The rules that concern a delivery. A source without a rule is neither limited nor weighed. */
export class Room {
  private readonly used = new Map<string, number>();
  private readonly away = new Map<string, number>();

  constructor(
    private readonly rules: readonly Rule[],
    /** By rule, how many items it may still take today. */
    private readonly left: ReadonlyMap<string, number>,
  ) {}

  weightOf(source: string): number {
    return this.ruleOf(source)?.weight ?? 1;
  }

  /** Splits items by whether their sources have room for them, and counts those that have. */
  share<One extends Item>(items: readonly One[]): { within: One[]; beyond: One[] } {
    const within: One[] = [];
    const beyond: One[] = [];
    for (const item of items) {
      const rule = this.ruleOf(item.source);
      const used = rule === undefined ? 0 : (this.used.get(rule.id) ?? 0);
      const full = rule !== undefined && (rule.paused || used >= (this.left.get(rule.id) ?? 0));
      (full ? beyond : within).push(item);
      if (rule !== undefined && !full) this.used.set(rule.id, used + 1);
    }
    return { within, beyond };
  }

  /** Counts items that are not taken. */
  turnAway(items: readonly Item[]): void {
    for (const { source } of items) {
      const id = this.ruleOf(source)?.id;
      if (id !== undefined) this.away.set(id, (this.away.get(id) ?? 0) + 1);
    }
  }

  /** Why there is no room for an item of this source. */
  whyFull(source: string): string {
    return this.ruleOf(source)?.paused === true ? PAUSED : USED_UP;
  }

  counts(): { ruleId: string; taken: number; refused: number }[] {
    const ids = [...new Set([...this.used.keys(), ...this.away.keys()])];
    return ids.map((ruleId) => ({
      ruleId,
      taken: this.used.get(ruleId) ?? 0,
      refused: this.away.get(ruleId) ?? 0,
    }));
  }

  ruleOf(source: string): Rule | undefined {
    const named = this.rules.find(({ name }) => name === source);
    return named ?? this.rules.find(({ name }) => name === ANY_SOURCE);
  }
}

/**
 * Locks today's counts of the rules that concern the items, in the order of their ids. A rule is not removed meanwhile. No
 * rule concerns what an agent says of itself: it
 * could name any source, and use up the day of one that reports about it.
 */
export async function roomOf(
  sql: Sql,
  { workspaceId, protocol, self, now }: Saying,
  items: readonly Item[],
): Promise<Room> {
  if (self !== undefined) return new Room([], new Map());
  const sources = [...new Set(items.map(({ source }) => source)), ANY_SOURCE];
  const rules = await sql<Rule>(
    `SELECT id, name, weight, daily_cap AS "dailyCap", paused_at IS NOT NULL AS paused FROM evidence_sources
     WHERE workspace_id = $1 AND protocol = $2 AND name = ANY($3::text[]) ORDER BY id FOR KEY SHARE`,
    [workspaceId, protocol, sources],
  );
  const room = new Room(rules, new Map());
  const concerned = new Set(items.flatMap(({ source }) => room.ruleOf(source)?.id ?? []));
  if (concerned.size === 0) return room;
  const counts = await sql<{ source_id: string; taken: number }>(
    `INSERT INTO evidence_days (workspace_id, source_id, day, taken)
     SELECT $1, s.id, $3::date, 0 FROM unnest($2::uuid[]) AS s (id)
     ON CONFLICT (workspace_id, source_id, day) DO UPDATE SET taken = evidence_days.taken RETURNING source_id, taken`,
    [workspaceId, [...concerned].sort(), dayOf(now)],
  );
  const taken = new Map(counts.map((row) => [row.source_id, row.taken]));
  return new Room(
    rules,
    new Map(rules.map(({ id, dailyCap }) => [id, dailyCap - (taken.get(id) ?? 0)])),
  );
}

/** Writes down what was taken and what was not; the rows are locked since `roomOf`. */
export async function countTaken(
  sql: Sql,
  workspaceId: string,
  room: Room,
  now: number,
): Promise<void> {
  const counts = room.counts();
  if (counts.length === 0) return;
  await sql(
    `UPDATE evidence_days d SET taken = d.taken + s.more, refused = d.refused + s.away,
       last_at = CASE WHEN s.more > 0 THEN $6::timestamptz ELSE d.last_at END
     FROM unnest($2::uuid[], $3::int[], $4::int[]) AS s (id, more, away)
     WHERE d.workspace_id = $1 AND d.source_id = s.id AND d.day = $5::date`,
    [
      workspaceId,
      counts.map(({ ruleId }) => ruleId),
      counts.map(({ taken }) => taken),
      counts.map(({ refused }) => refused),
      dayOf(now),
      new Date(now),
    ],
  );
}

/** Writes down that all of a delivery was turned away. What was done for it is undone by then. */
export async function countTurnedAway(
  sql: Sql,
  saying: Saying,
  items: readonly Item[],
): Promise<void> {
  const room = await roomOf(sql, saying, items);
  room.turnAway(items);
  await countTaken(sql, saying.workspaceId, room, saying.now);
}

/** Whether an item was turned away for one of the reasons of `whyFull`. */
export const isFull = (why: string): boolean => why === PAUSED || why === USED_UP;

/** The refusal of a whole delivery for such reasons. */
export const fullRefusal = (reasons: readonly string[], now: number): DomainError =>
  reasons.every((why) => why === PAUSED) ? paused() : exhausted(now);

/** A source that has given what it may goes on when the day ends (UTC). */
function exhausted(now: number): DomainError {
  const midnight = Date.parse(dayOf(now)) + 86_400_000;
  return new DomainError(
    'too_many',
    'source_exhausted',
    'The source has given all the evidence that it may give in a day. Nothing was recorded.',
    { retryAfterSeconds: Math.max(1, Math.ceil((midnight - now) / 1000)) },
  );
}

const paused = () =>
  new DomainError(
    'too_many',
    'source_paused',
    'An admin of the workspace has paused this source. Nothing was recorded.',
    { retryAfterSeconds: PAUSE_SECONDS },
  );
