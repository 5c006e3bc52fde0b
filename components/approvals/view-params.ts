/** What the page shows, as it stands in the URL: a link means the same thing to everybody who may open it. */
export const TABS = ['pending', 'closed'] as const;
export type Tab = (typeof TABS)[number];

export interface ViewParams {
  readonly tab: Tab;
  /** Search text; empty for none. */
  readonly q: string;
  /** Id of the agent the queue is narrowed to. */
  readonly agent: string | null;
  /** Id of the open approval. */
  readonly item: string | null;
}

const MAX_QUERY = 200;
const ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Reads the URL; anything unknown or malformed falls back to the default view rather than failing. */
export function parseViewParams(search: URLSearchParams): ViewParams {
  const tab = search.get('tab');
  return {
    tab: TABS.find((known) => known === tab) ?? 'pending',
    q: (search.get('q') ?? '').slice(0, MAX_QUERY),
    agent: idOrNull(search.get('agent')),
    item: idOrNull(search.get('item')),
  };
}

/** The query string of a view, with defaults left out: `?tab=closed&item=...`, or an empty string. */
export function formatViewParams(view: ViewParams): string {
  const search = new URLSearchParams();
  if (view.tab !== 'pending') search.set('tab', view.tab);
  if (view.q.trim() !== '') search.set('q', view.q.slice(0, MAX_QUERY));
  if (view.agent !== null) search.set('agent', view.agent);
  if (view.item !== null) search.set('item', view.item);
  const text = search.toString();
  return text === '' ? '' : `?${text}`;
}

/** Whether anything but the tab narrows the list. */
export function isFiltered(view: ViewParams): boolean {
  return view.q.trim() !== '' || view.agent !== null;
}

function idOrNull(value: string | null): string | null {
  return value !== null && ID.test(value) ? value : null;
}
