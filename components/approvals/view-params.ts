import type { QueueSort, QueueTab, Risk } from '@/lib/contracts';

/** What the page shows, as it stands in the URL: a link means the same thing to everybody who may open it. */
export const TABS = [
  'mine',
  'unclaimed',
  'team',
  'second',
  'snoozed',
  'closed',
] as const satisfies readonly QueueTab[];
export type Tab = QueueTab;
const SORTS = ['urgency', 'oldest', 'newest'] as const satisfies readonly QueueSort[];
const RISKS = ['low', 'medium', 'high', 'critical'] as const satisfies readonly Risk[];

export interface ViewParams {
  readonly tab: Tab;
  /** Search text; empty for none. */
  readonly q: string;
  /** Id of the agent the queue is narrowed to. */
  readonly agent: string | null;
  /** Name of the tool the queue is narrowed to. */
  readonly tool: string | null;
  readonly risk: Risk | null;
  /** Null for the order of the tab. */
  readonly sort: QueueSort | null;
  /** Id of the open approval. */
  readonly item: string | null;
}

const MAX_QUERY = 200;
const ID = /^[A-Za-z0-9_-]{1,64}$/;
const DEFAULT_TAB: Tab = 'team';

/** What the queue shows when nothing narrows it. */
export const NOT_NARROWED = { q: '', agent: null, tool: null, risk: null } as const;

/** Reads the URL; anything unknown or malformed falls back to the default view rather than failing. */
export function parseViewParams(search: URLSearchParams): ViewParams {
  const oneOf = <Word extends string>(words: readonly Word[], name: string): Word | null =>
    words.find((word) => word === search.get(name)) ?? null;
  return {
    tab: oneOf(TABS, 'tab') ?? DEFAULT_TAB,
    q: (search.get('q') ?? '').slice(0, MAX_QUERY),
    agent: idOrNull(search.get('agent')),
    tool: search.get('tool')?.slice(0, MAX_QUERY) || null,
    risk: oneOf(RISKS, 'risk'),
    sort: oneOf(SORTS, 'sort'),
    item: idOrNull(search.get('item')),
  };
}

/** The query string of a view, with defaults left out: `?tab=closed&item=...`, or an empty string. */
export function formatViewParams(view: ViewParams): string {
  const search = new URLSearchParams();
  if (view.tab !== DEFAULT_TAB) search.set('tab', view.tab);
  if (view.q.trim() !== '') search.set('q', view.q.slice(0, MAX_QUERY));
  for (const name of ['agent', 'tool', 'risk', 'sort', 'item'] as const) {
    const value = view[name];
    if (value !== null) search.set(name, value);
  }
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether anything but the tab narrows the list. */
export function isFiltered(view: ViewParams): boolean {
  return view.q.trim() !== '' || view.agent !== null || view.tool !== null || view.risk !== null;
}

/** Which list a view shows, as one text: everything but the open item. */
export const listOf = ({ tab, q, agent, tool, risk, sort }: ViewParams): string =>
  JSON.stringify([tab, q.trim(), agent, tool, risk, sort]);

function idOrNull(value: string | null): string | null {
  return value !== null && ID.test(value) ? value : null;
}
