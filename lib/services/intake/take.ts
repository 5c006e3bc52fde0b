/** Takes evidence from outside, whatever the protocol it came by: once, within the limits of its source, as heavy as it may be. */
import { DomainError } from '@/lib/contracts';
import { isUuid, newId, withTransaction, type Sql } from '@/lib/db';
import { appendLedger, applySignalsToMany, type NewSignal } from '@/lib/decide';
import { SIGNAL_CATALOGUE } from '@/lib/trust';
import { MAX_AGE_DAYS } from './evidence-age';
import { keepReceipts, takeBackReceipts } from './receipts';
import {
  countTaken,
  countTurnedAway,
  fullRefusal,
  isFull,
  roomOf,
  type Protocol,
  type Room,
} from './room';

/** How far clocks of sources may run ahead, in milliseconds. */
const MAX_AHEAD_MS = 5 * 60_000;

/** What a signal says, without when and about whom. */
export interface Statement {
  readonly kind: string;
  /** In (0, 1]; 1 unless given. */
  readonly magnitude?: number;
  readonly decisionId?: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** One thing a source says about an agent. */
export interface Item {
  /** With the source it makes the item idempotent. */
  readonly id: string;
  readonly source: string;
  readonly agentId: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** Absent where the item only counts towards something. */
  readonly statement?: Statement;
}

/** Who says something, by what, and when. */
export interface Saying {
  readonly workspaceId: string;
  readonly protocol: Protocol;
  /** Who brings it, as the ledger names them. */
  readonly actor: string;
  /** The agent that speaks, where it is an agent: it may only speak about itself. */
  readonly self?: string;
  readonly now: number;
}

export interface Delivery<One extends Item = Item> extends Saying {
  readonly items: readonly One[];
  /** What follows from the items that are new, besides what they state. */
  readonly derive?: (sql: Sql, fresh: readonly One[]) => Promise<readonly Item[]>;
}

export interface Rejected {
  readonly id: string;
  readonly why: string;
}

export interface Taken {
  readonly accepted: number;
  readonly duplicates: number;
  readonly rejected: readonly Rejected[];
}

/**
 * Takes what can be taken of a delivery, and says why the rest cannot.
 *
 * @throws DomainError 429 `source_exhausted`, `source_paused` when nothing could be taken because of its source
 */
export const takeEvidence = <One extends Item>(delivery: Delivery<One>): Promise<Taken> =>
  counted(delivery, (sql) => takeIn(sql, delivery));

/** The same, but all of it or nothing. @throws DomainError 422 `signals_refused`, 429 `source_exhausted`, `source_paused` */
export const takeWhole = (delivery: Delivery): Promise<Taken> =>
  counted(delivery, async (sql) => {
    const taken = await takeIn(sql, delivery);
    const [first] = taken.rejected;
    if (first === undefined) return taken;
    const reasons = reasonsOf(taken.rejected);
    throw reasons.every(isFull) ? fullRefusal(reasons, delivery.now) : refused(first.id, first.why);
  });

/** What is refused whole leaves nothing behind but how much it was. */
async function counted(
  delivery: Saying & { readonly items: readonly Item[] },
  take: (sql: Sql) => Promise<Taken>,
): Promise<Taken> {
  try {
    return await withTransaction(take);
  } catch (error) {
    if (error instanceof DomainError)
      await withTransaction((sql) => countTurnedAway(sql, delivery, delivery.items));
    throw error;
  }
}

async function takeIn<One extends Item>(sql: Sql, delivery: Delivery<One>): Promise<Taken> {
  const { workspaceId, items, now } = delivery;
  if (items.length === 0) return { accepted: 0, duplicates: 0, rejected: [] };
  const { good, bad } = await sorted(sql, delivery);
  const rooms = await roomOf(sql, delivery, items);
  const fresh = await keepReceipts(sql, delivery, good);
  const { within, beyond } = rooms.share(fresh);
  const full = beyond.map((item) => ({ item, why: rooms.whyFull(item.source) }));
  if (within.length === 0 && full.length > 0) throw fullRefusal(reasonsOf(full), now);
  await takeBackReceipts(sql, delivery, beyond);
  const away = [...bad, ...full];
  rooms.turnAway(away.map(({ item }) => item));
  await countTaken(sql, workspaceId, rooms, now);
  const derived = (await delivery.derive?.(sql, within)) ?? [];
  await apply(sql, delivery, rooms, [...within, ...derived]);
  return {
    accepted: within.length,
    duplicates: good.length - fresh.length,
    rejected: away.map(({ item, why }) => ({ id: item.id, why })),
  };
}

/** An item that is not taken. */
interface Away {
  readonly item: Item;
  readonly why: string;
}

const reasonsOf = (away: readonly { readonly why: string }[]) => away.map(({ why }) => why);

/** The refusal of a whole delivery because of one item. */
const refused = (id: string, why: string) =>
  new DomainError(
    'unprocessable',
    'signals_refused',
    `The event "${id}" cannot be taken: ${why}. No event of this call was recorded.`,
    { errors: [{ path: id, message: why }] },
  );

async function sorted<One extends Item>(
  sql: Sql,
  delivery: Delivery<One>,
): Promise<{ good: One[]; bad: Away[] }> {
  const { workspaceId, items } = delivery;
  const named = [...new Set(items.map(({ agentId }) => agentId).filter(isUuid))];
  const rows = await sql<{ id: string }>(
    'SELECT id FROM agents WHERE workspace_id = $1 AND id = ANY($2::uuid[])',
    [workspaceId, named],
  );
  const known = new Set(rows.map(({ id }) => id));
  const good: One[] = [];
  const bad: Away[] = [];
  for (const item of items) {
    const why = refusal(delivery, item, known);
    if (why === undefined) good.push({ ...item, agentId: item.agentId.toLowerCase() });
    else bad.push({ item, why });
  }
  return { good, bad };
}

function refusal(
  { self, now, protocol }: Saying,
  { agentId, at, statement }: Item,
  known: ReadonlySet<string>,
): string | undefined {
  if (statement !== undefined && !Object.hasOwn(SIGNAL_CATALOGUE, statement.kind))
    return `there is no kind of signal "${statement.kind}"`;
  if (agentId === '') return 'name the agent in "subject"';
  if (self !== undefined && agentId.toLowerCase() !== self)
    return 'an agent can only give evidence about itself';
  if (!known.has(agentId.toLowerCase()))
    return `there is no agent "${agentId.slice(0, 64)}" in this workspace`;
  if (at > now + MAX_AHEAD_MS) return 'its time lies in the future: check the clock of the source';
  const days = MAX_AGE_DAYS[protocol];
  if (!(at >= now - days * 86_400_000)) return `it is older than ${days} days`;
  return undefined;
}

async function apply(
  sql: Sql,
  { workspaceId, actor, self, now }: Saying,
  rooms: Room,
  items: readonly Item[],
): Promise<void> {
  const byAgent = new Map<string, NewSignal[]>();
  for (const item of items) {
    if (item.statement === undefined) continue;
    const { magnitude = 1, ...statement } = item.statement;
    const signal: NewSignal = {
      ...statement,
      id: newId(now),
      at: item.at,
      source: self === undefined ? `${actor} ${item.source}` : `agent:${self}`,
      sourceClass: self === undefined ? 'system' : 'self',
      magnitude: magnitude * rooms.weightOf(item.source),
    };
    byAgent.set(item.agentId, [...(byAgent.get(item.agentId) ?? []), signal]);
  }
  const agents = [...byAgent.keys()]
    .sort()
    .map((agentId) => ({ agentId, actor, signals: byAgent.get(agentId) ?? [] }));
  const applied = await applySignalsToMany(sql, { workspaceId, now, agents });
  const notes = applied.flatMap((one) => one.notes);
  const announcements = applied.flatMap((one) => one.announcements);
  if (notes.length > 0) await appendLedger(sql, workspaceId, notes, announcements, now);
}
