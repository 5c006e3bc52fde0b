/** Filters and order of the agents list as they stand in the URL. */
import type { AgentListQuery } from '@/lib/contracts';
import { t, texts } from '@/lib/client/language';

export const STATUSES = ['active', 'suspended', 'revoked'] as const;
export const STATUS_WORDS = texts({ active: 'active', suspended: 'suspended', revoked: 'revoked' });
export const SORTS = ['name', 'score', 'lastSeen', 'created'] as const;

export interface ListParams {
  q: string;
  rung: number | null;
  status: (typeof STATUSES)[number] | null;
  tag: string | null;
  sort: AgentListQuery['sort'];
  order: AgentListQuery['order'];
}

const MOST_Q = 200;
const MOST_TAG = 64;

/** Reads the URL; anything unknown or malformed falls back to no filter rather than failing. */
export function parseListParams(search: URLSearchParams): ListParams {
  const rung = Number(search.get('rung'));
  return {
    q: (search.get('q') ?? '').slice(0, MOST_Q),
    rung: Number.isInteger(rung) && rung >= 1 && rung <= 5 ? rung : null,
    status: STATUSES.find((known) => known === search.get('status')) ?? null,
    tag: search.get('tag')?.slice(0, MOST_TAG) || null,
    sort: SORTS.find((known) => known === search.get('sort')) ?? 'name',
    order: search.get('order') === 'desc' ? 'desc' : 'asc',
  };
}

/** The changes to the query string, with defaults left out. */
export function listSearch(change: Partial<ListParams>): Record<string, string | null> {
  const search: Record<string, string | null> = {};
  if (change.q !== undefined) search.q = change.q.trim().slice(0, MOST_Q) || null;
  if (change.rung !== undefined) search.rung = change.rung === null ? null : String(change.rung);
  if (change.status !== undefined) search.status = change.status;
  if (change.tag !== undefined) search.tag = change.tag;
  if (change.sort !== undefined) search.sort = change.sort === 'name' ? null : change.sort;
  if (change.order !== undefined) search.order = change.order === 'asc' ? null : change.order;
  return search;
}

/** The active filters in words, for "nothing matches". */
export function filterWords(params: ListParams): string[] {
  const words: string[] = [];
  if (params.q.trim() !== '') words.push(t('search “{search}”', { search: params.q.trim() }));
  if (params.rung !== null) words.push(t('rung {rung}', { rung: params.rung }));
  if (params.status !== null)
    words.push(t('status {status}', { status: STATUS_WORDS[params.status] }));
  if (params.tag !== null) words.push(t('tag {tag}', { tag: params.tag }));
  return words;
}

export const NO_FILTERS = { q: '', rung: null, status: null, tag: null } as const;
