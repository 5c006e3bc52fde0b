'use client';

import { Keyboard, ListFilter, Search, X } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { useEffect, useRef, useState, type RefObject } from 'react';
import { Button, IconButton } from '@/components/ui/button';
import { cx } from '@/components/ui/class-names';
import { LINE } from '@/components/ui/control-class';
import { Tabs } from '@/components/ui/tabs';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { QueueCounts } from '@/lib/contracts';
import { latePart } from '@/components/ui/late-part';
import { usePermission, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { TABS, type Tab, type ViewParams } from '../view-params';
import { TAB_LABELS } from './tab-labels';

function FiltersComing() {
  return <p role="status">{t('Loading the filters…')}</p>;
}

// Most reviewers take the queue as it comes.
const [FilterPanel] = latePart(async () => (await import('./filter-panel')).FilterPanel, {
  loading: <FiltersComing />,
  get what() {
    return t('The filters could not be shown.');
  },
});

/** These stand there only while there is something in them. */
const ONLY_FILLED: ReadonlySet<Tab> = new Set(['second', 'snoozed']);
/** How long typing has to rest before the list is asked for (ms). */
const SEARCH_DELAY_MS = 60;

export interface QueueHeaderProps {
  workspace: string;
  view: ViewParams;
  counts: QueueCounts | undefined;
  /** Name of the agent the list is narrowed to. */
  agentName: string | null;
  searchRef: RefObject<HTMLInputElement | null>;
  onChange: (patch: Partial<ViewParams>) => void;
  onHelp: () => void;
  /** Enter or arrow down in the search field: on to the list. */
  onLeaveSearch: () => void;
}

/** Title, tabs, search and the agent filter of the queue. */
export function QueueHeader(props: QueueHeaderProps) {
  const { view, onChange } = props;
  const [filtersOpen, setFiltersOpen] = useState(false);
  const narrowed = [view.tool, view.risk, view.sort].filter((value) => value !== null).length;
  return (
    <div className="shrink-0 bg-surface">
      <div className="flex items-center gap-2 px-3 pt-3 pb-1">
        <h1 className="text-lg font-semibold">{t('Approvals')}</h1>
        <MyReviewing />
        <IconButton
          className="max-md:hidden"
          label={t('Keyboard shortcuts (?)')}
          icon={<Keyboard aria-hidden size={16} />}
          onClick={props.onHelp}
        />
      </div>
      <Tabs
        label={t('Which approvals')}
        value={view.tab}
        onValueChange={(tab) => onChange({ tab: tab as Tab, item: null })}
        items={tabItems(props)}
      />
      <div className="flex flex-wrap gap-2 border-b border-line px-3 py-2">
        <SearchField {...props} />
        <Button
          size="sm"
          className="self-center max-md:h-11"
          icon={<ListFilter aria-hidden size={14} />}
          aria-expanded={filtersOpen}
          onClick={() => setFiltersOpen(!filtersOpen)}
        >
          {narrowed === 0
            ? t('Filter and sort')
            : t('Filter and sort ({count})', { count: narrowed })}
        </Button>
        <AgentFilter {...props} />
        {filtersOpen ? (
          <FilterPanel workspace={props.workspace} view={view} onChange={onChange} />
        ) : null}
      </div>
    </div>
  );
}

function AgentFilter({ view, agentName, onChange }: QueueHeaderProps) {
  if (view.agent === null) return null;
  return (
    <Button
      size="sm"
      className="max-w-full max-md:h-11"
      icon={<X aria-hidden size={14} />}
      aria-label={t('Show every agent, not only {agent}', { agent: agentName ?? t('this one') })}
      onClick={() => onChange({ agent: null })}
    >
      <span className="truncate">
        {t('Agent:')} <UntrustedText text={agentName ?? view.agent} />
      </span>
    </Button>
  );
}

function tabItems({ view, counts }: QueueHeaderProps) {
  const shown = TABS.filter(
    (tab) => !ONLY_FILLED.has(tab) || tab === view.tab || (countOf(tab, counts) ?? 0) > 0,
  );
  return shown.map((tab) => ({ value: tab, label: TAB_LABELS[tab], count: countOf(tab, counts) }));
}

function countOf(tab: Tab, counts: QueueCounts | undefined): number | undefined {
  if (counts === undefined || tab === 'closed') return undefined;
  return tab === 'team' ? counts.pending - (counts.snoozed ?? 0) : counts[tab];
}

/** The way to the figures of one's own reviewing. */
function MyReviewing() {
  const workspace = useWorkspace();
  if (!usePermission('approvals.decide')) return <span className="ml-auto" />;
  return (
    <Link
      href={`/${workspace}/reviewing`}
      className="ml-auto inline-flex min-h-6 items-center text-dense text-accent hover:underline"
    >
      {t('My reviewing')}
    </Link>
  );
}

function SearchField({ view, searchRef, onChange, onLeaveSearch }: QueueHeaderProps) {
  const [text, setText] = useState(view.q);
  const [shown, setShown] = useState(view.q);
  if (shown !== view.q) {
    setShown(view.q);
    setText(view.q);
  }
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => clearTimeout(timer.current ?? undefined), []);
  const apply = (value: string, delayMs: number): void => {
    setText(value);
    clearTimeout(timer.current ?? undefined);
    timer.current = setTimeout(() => {
      setShown(value);
      onChange({ q: value });
    }, delayMs);
  };
  return (
    <div className="relative min-w-40 flex-1">
      <Search
        aria-hidden
        size={14}
        className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
      />
      <input
        ref={searchRef}
        type="search"
        aria-label={t('Search')}
        value={text}
        placeholder={t('Tool, agent or target')}
        className={cx(LINE, 'pl-8 [&::-webkit-search-cancel-button]:grayscale')}
        onChange={(event) => apply(event.target.value, SEARCH_DELAY_MS)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text !== '') apply('', 0);
          else if (['Enter', 'ArrowDown', 'Escape'].includes(event.key)) onLeaveSearch();
          else return;
          event.preventDefault();
        }}
      />
    </div>
  );
}
