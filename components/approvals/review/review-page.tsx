'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@/components/ui/link';
import { useEffect, useRef, useState } from 'react';
import { choiceForDigit } from '@/components/trust/feedback/feedback-words';
import { Button, buttonClass } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { QueryView } from '@/components/ui/query-view';
import { SplitPane } from '@/components/ui/split-pane';
import { Empty } from '@/components/ui/states';
import { Tabs } from '@/components/ui/tabs';
import { useWorkspace } from '@/lib/client/session';
import { useAddress } from '@/lib/client/use-address';
import type { FeedbackVerdict, Review } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';
import { meantKey } from '../keys/own-keys';
import { ownKeys, useShortcutsEnabled } from '../shortcut-preference';
import { useAnnouncer } from '../use-announcer';
import { OwnKey } from '../verdict/key-hint';
import { isWide } from '../wide';
import { sampleListOptions, tabOf, type ReviewTab } from './queries';
import { SampleDetail } from './sample-detail';
import { SampleRow } from './sample-row';

/** Actions that ran without a person, drawn for a look afterwards. */
export function ReviewsPage() {
  const page = useReviews();
  return (
    <>
      <SplitPane
        name="reviews"
        label={t('Width of the samples')}
        initial={34}
        min={24}
        max={56}
        secondaryOpen={page.openId !== null}
        onBack={() => page.open(null)}
        backLabel={t('Samples')}
        primary={<SampleList page={page} />}
        secondary={<Secondary page={page} />}
      />
      {page.region}
    </>
  );
}

type Page = ReturnType<typeof useReviews>;

function useReviews() {
  const workspace = useWorkspace();
  const { get, change } = useAddress();
  const tab = tabOf(get('tab'));
  const openId = get('item');
  const query = useInfiniteQuery(sampleListOptions(workspace, tab));
  const listed = query.data?.pages.flatMap((one) => one.items);
  const [held, setHeld] = useState<{ tab: ReviewTab; rows: readonly Review[] }>({ tab, rows: [] });
  const rows = keepOpened(listed ?? [], held.tab === tab ? held.rows : [], openId);
  const [asking, setAsking] = useState<{ id: string; verdict: FeedbackVerdict } | null>(null);
  const { announce, region } = useAnnouncer();
  const open = (id: string | null) => {
    setHeld({ tab, rows });
    setAsking(null);
    change({ item: id ?? undefined });
  };
  const ask = (verdict: FeedbackVerdict | null) =>
    setAsking(verdict === null || openId === null ? null : { id: openId, verdict });
  const at = rows.findIndex(({ id }) => id === openId);
  const move = (step: number) => {
    const next = rows[at === -1 ? 0 : Math.min(rows.length - 1, Math.max(0, at + step))];
    if (next !== undefined && next.id !== openId) open(next.id);
  };
  const shown = rows[at];
  const mayAsk = shown !== undefined && shown.mine === null && shown.mayReview.allowed;
  const page = {
    workspace,
    tab,
    openId,
    query,
    rows,
    open,
    move,
    ask,
    mayAsk,
    region,
    announce,
    hasNext: at !== -1 && at < rows.length - 1,
    asking: asking !== null && asking.id === openId ? asking.verdict : null,
    setTab: (next: ReviewTab) => {
      setAsking(null);
      change({ tab: next === 'open' ? undefined : next, item: undefined });
    },
  };
  useReviewKeys(page);
  useFirstOpen(page, listed !== undefined);
  return page;
}

/** The open sample keeps its place in the list when its word has taken it out of the server's. */
function keepOpened(
  listed: readonly Review[],
  before: readonly Review[],
  openId: string | null,
): readonly Review[] {
  if (openId === null || listed.some(({ id }) => id === openId)) return listed;
  const place = before.findIndex(({ id }) => id === openId);
  const kept = before[place];
  if (kept === undefined) return listed;
  return [...listed.slice(0, place), kept, ...listed.slice(place)];
}

interface KeyTargets {
  readonly move: (step: number) => void;
  readonly ask: (verdict: FeedbackVerdict) => void;
  readonly mayAsk: boolean;
  readonly asking: FeedbackVerdict | null;
}

const TYPING = 'input:not([type="radio"]), textarea, select, [contenteditable="true"]';
const COVERS = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** j and k move, a digit begins a word. Nothing while typing, asking, or under a dialog. */
function useReviewKeys(targets: KeyTargets): void {
  const [enabled] = useShortcutsEnabled();
  const latest = useRef({ ...targets, enabled });
  useEffect(() => {
    latest.current = { ...targets, enabled };
  });
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent): void => {
      const { move, ask, mayAsk, asking, enabled: on } = latest.current;
      if (!on || event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (document.querySelector(COVERS) !== null || asking !== null) return;
      if (event.target instanceof Element && event.target.closest(TYPING) !== null) return;
      const verdict = choiceForDigit(event.key);
      const key = meantKey(event.key, ownKeys());
      if (key === 'j' || key === 'k') move(key === 'j' ? 1 : -1);
      else if (verdict !== null && mayAsk && !event.repeat) ask(verdict);
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

/** Beside the list the oldest sample is open from the start; never because something came in. */
function useFirstOpen(
  { tab, openId, rows, open }: Pick<Page, 'tab' | 'openId' | 'rows' | 'open'>,
  loaded: boolean,
): void {
  const done = useRef<ReviewTab | null>(null);
  useEffect(() => {
    if (!loaded || done.current === tab) return;
    done.current = tab;
    const first = rows[0]?.id;
    // A moment later: the router listens to changes of the address only once it has started itself.
    if (openId === null && first !== undefined && isWide()) setTimeout(() => open(first), 0);
  });
}

function SampleList({ page }: { page: Page }) {
  const { query, rows, tab } = page;
  return (
    <section aria-label={t('Samples')} className="flex min-h-0 flex-1 flex-col bg-surface">
      <div className="flex flex-wrap items-center gap-2 px-3 pt-3 pb-1">
        <h1 className="text-lg font-semibold">{t('Reviews')}</h1>
        <Link
          href={`/${page.workspace}/reviewing`}
          className="ml-auto inline-flex min-h-6 items-center text-dense text-accent hover:underline"
        >
          {t('My reviewing')}
        </Link>
      </div>
      <p className="px-3 pb-2 text-dense text-ink-2">
        {t('Actions that ran without a person, drawn by chance. Silence counts neither way.')}
      </p>
      <Tabs
        label={t('Which samples')}
        value={tab}
        onValueChange={(value) => page.setTab(tabOf(value))}
        items={[
          { value: 'open', label: t('For you'), count: query.data?.pages.at(-1)?.counts.open },
          { value: 'closed', label: t('Looked at') },
        ]}
      />
      <div className="min-h-0 flex-1 overflow-y-auto" data-scroll>
        <QueryView query={query} what={t('The samples could not be loaded.')}>
          {() => (rows.length === 0 ? <Nothing page={page} /> : <Rows page={page} />)}
        </QueryView>
      </div>
      <p className="shrink-0 border-t border-line px-3 py-1 text-xs text-ink-2">
        {tab === 'open' ? t('Oldest first') : t('Newest first')}
      </p>
    </section>
  );
}

function Rows({ page }: { page: Page }) {
  const { query, rows, openId, workspace, tab } = page;
  return (
    <>
      <ul aria-label={tab === 'open' ? t('Samples that need your word') : t('Other samples')}>
        {rows.map((review) => (
          <SampleRow
            key={review.id}
            review={review}
            href={`/${workspace}/reviews?item=${review.id}`}
            current={review.id === openId}
            onOpen={() => page.open(review.id)}
          />
        ))}
      </ul>
      {query.hasNextPage ? (
        <div className="p-3 text-center">
          <Button pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('Load more samples')}
          </Button>
        </div>
      ) : null}
    </>
  );
}

function Nothing({ page }: { page: Page }) {
  return page.tab === 'open' ? (
    <Empty
      title={t('No sample needs your word')}
      action={
        <Link href={`/${page.workspace}/approvals`} className={buttonClass()}>
          {t('See the approvals')}
        </Link>
      }
    >
      {t(
        'A share of what agents do alone is drawn for a look afterwards, more where trust is new.',
      )}
    </Empty>
  ) : (
    <Empty title={t('Nothing has been looked at yet')}>
      {t('Samples you have spoken about, and those that are done, are listed here.')}
    </Empty>
  );
}

function Secondary({ page }: { page: Page }) {
  const { openId, asking, ask, move, announce, hasNext } = page;
  if (openId === null)
    return (
      <div className="hidden flex-1 items-center justify-center bg-canvas p-8 text-center text-ink-2 md:flex">
        <p hidden={page.rows.length === 0}>
          {rich('Choose a sample to read it. {j} and {k} move, {one} to {four} say how it went.', {
            j: <OwnKey>j</OwnKey>,
            k: <OwnKey>k</OwnKey>,
            one: <Kbd>1</Kbd>,
            four: <Kbd>4</Kbd>,
          })}
        </p>
      </div>
    );
  return (
    <SampleDetail
      key={openId}
      id={openId}
      asking={asking}
      onAsk={ask}
      onSaid={() => announce(t('Recorded.'))}
      onNext={hasNext ? () => move(1) : null}
    />
  );
}
