'use client';

import { useQuery } from '@tanstack/react-query';
import { ArrowRight, ChartLine, ChevronRight } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';
import { fallOf } from '@/components/trust/evidence/evidence-words';
import { formatScore, pointsText } from '@/components/trust/score-text';
import { Button } from '@/components/ui/button';
import { cx } from '@/components/ui/class-names';
import { latePart } from '@/components/ui/late-part';
import { RelativeTime } from '@/components/ui/relative-time';
import { useSearchState } from '@/components/ui/search-state';
import { SeverityMark } from '@/components/ui/severity-mark';
import { Failed, SkeletonRows } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Moment } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { momentQuery } from '@/lib/client/moment-queries';
import { useWorkspace } from '@/lib/client/session';
import { chartSearch, parseChartParams, presetFor, reaches } from '../score-chart/chart-params';
import { useCrosshair } from '../score-chart/crosshair';
import { useMarkFocus } from '../score-chart/mark-focus';
import { t } from '@/lib/client/language';

// Nobody sees it before opening a moment, so its code does not count in the first load.
const [MomentChain, fetchChain] = latePart(
  async () => (await import('@/components/trust/evidence/moment-chain')).MomentChain,
  {
    get loading() {
      return <SkeletonRows rows={3} label={t('Loading the moment')} />;
    },
    get what() {
      return t('This moment could not be shown.');
    },
  },
);

interface MomentEntryProps {
  agentId: string;
  moment: Moment;
  rungs: readonly { rung: number; name: string }[];
  open: boolean;
}

/** One moment as a line; open, it shows the whole chain. Pointing at it shows its time in the chart. */
export function MomentEntry({ agentId, moment, rungs, open }: MomentEntryProps) {
  const crosshair = useCrosshair();
  const body = useId();
  const { button, toggle } = useOpening(open, moment);
  return (
    <li
      className={cx('border-t border-line first:border-t-0', open && 'bg-surface')}
      onPointerEnter={() => {
        crosshair.set(Date.parse(moment.at));
        fetchChain();
      }}
      onFocus={fetchChain}
      onPointerLeave={() => crosshair.set(null)}
    >
      <h3>
        <button
          ref={button}
          id={`moment-${moment.id}`}
          type="button"
          aria-expanded={open}
          aria-controls={open ? body : undefined}
          onClick={toggle}
          className={cx(
            'flex w-full scroll-mt-16 items-start gap-2 px-4 py-2 text-left text-dense hover:bg-hover focus-visible:-outline-offset-2',
            open && 'bg-accent-soft',
          )}
        >
          <ChevronRight
            aria-hidden
            size={14}
            className={cx('mt-1 shrink-0 text-ink-2', open && 'rotate-90')}
          />
          <Line moment={moment} />
        </button>
      </h3>
      {open ? (
        <div id={body} className="px-4 pb-2 md:pl-10">
          <Opened agentId={agentId} moment={moment} rungs={rungs} />
        </div>
      ) : null}
    </li>
  );
}

/** Opens and closes in the URL. A moment opened from elsewhere (a mark of the chart, a link) comes into sight and takes the focus. */
function useOpening(open: boolean, moment: Moment) {
  const { params, write } = useSearchState();
  const button = useRef<HTMLButtonElement>(null);
  const byHand = useRef(false);
  const called = open && params.get('moment') !== null;
  useEffect(() => {
    if (called && !byHand.current) {
      button.current?.focus({ preventScroll: true });
      button.current?.scrollIntoView({ block: 'start' });
    }
    byHand.current = false;
  }, [called, moment.id]);
  const toggle = () => {
    byHand.current = true;
    const at = Date.parse(moment.at);
    write(chartSearch(open ? { pinned: null, moment: null } : { pinned: at, moment: moment.id }));
  };
  return { button, toggle };
}

function Line({ moment }: { moment: Moment }) {
  const [signal] = moment.signals;
  const { before, after, call, incidents } = moment;
  const fall = fallOf(moment);
  const severity = Math.min(...incidents.map((incident) => incident.severity));
  return (
    <span className="grid min-w-0 flex-1 gap-x-4 gap-y-0.5 leading-6 md:grid-cols-[88px_minmax(0,1fr)_auto]">
      <RelativeTime at={moment.at} className="text-ink-2" />
      <span className="min-w-0">
        <span className="font-medium">{signal?.text.replace(/\.$/, '')}</span>
        {call === null ? null : (
          <>
            {' '}
            <UntrustedText text={call.tool} mono className="text-ink-2" />
          </>
        )}
      </span>
      <span className="inline-flex flex-wrap items-center gap-x-3 whitespace-nowrap">
        {before === null || after === null ? null : (
          <span className="inline-flex items-center gap-1">
            <span className="sr-only">{t('score')} </span>
            {formatScore(before.score)}
            <ArrowRight aria-hidden size={12} className="text-ink-3" />
            <span className="sr-only">{t('to')}</span>
            <span className="font-semibold">{formatScore(after.score)}</span>
            {fall === null ? null : <span className="ml-1 text-ink-2">{pointsText(fall)}</span>}
          </span>
        )}
        {before !== null && after !== null && before.rung !== after.rung ? (
          <span className="text-ink-2">
            {t('rung {before} to {after}', { before: before.rung, after: after.rung })}
          </span>
        ) : null}
        {incidents.length > 0 ? <SeverityMark severity={severity} /> : null}
      </span>
    </span>
  );
}

function Opened({ agentId, moment, rungs }: Omit<MomentEntryProps, 'open'>) {
  const workspace = useWorkspace();
  const query = useQuery(momentQuery(workspace, agentId, moment.id));
  if (query.data)
    return (
      <MomentChain
        workspace={workspace}
        agentId={agentId}
        moment={query.data}
        rungs={rungs}
        toChart={<ToMark moment={moment} />}
      />
    );
  if (query.error)
    return (
      <Failed
        what={t('This moment could not be loaded.')}
        {...describeError(query.error)}
        onRetry={() => void query.refetch()}
      />
    );
  return <SkeletonRows rows={3} label={t('Loading the moment')} />;
}

/** Brings the chart to the moment and the focus to its mark. */
function ToMark({ moment }: { moment: Moment }) {
  const { params, write } = useSearchState();
  const marks = useMarkFocus();
  const show = () => {
    const at = Date.parse(moment.at);
    const now = Date.now();
    // As for an agent of any age: a young one's range reaches back to everything anyway.
    const life = { registeredAt: 0, now };
    const shown = parseChartParams(new URLSearchParams(params), life);
    const outside = shown.window !== null && (at < shown.window.from || at > shown.window.to);
    write(
      chartSearch({
        pinned: at,
        moment: moment.id,
        view: 'chart',
        ...(outside ? { window: null } : {}),
        ...(reaches(shown.preset, at, now) ? {} : { preset: presetFor(at, life) }),
      }),
    );
    marks.want(moment.id);
  };
  return (
    <Button size="sm" variant="quiet" icon={<ChartLine aria-hidden size={14} />} onClick={show}>
      {t('Mark in the score chart')}
    </Button>
  );
}
