'use client';

import {
  ArrowDown,
  ArrowUp,
  Check,
  CircleDot,
  FileWarning,
  GitCommitHorizontal,
  Hand,
  KeyRound,
  ListOrdered,
  OctagonX,
  Pin,
  TriangleAlert,
  X,
  type LucideIcon,
} from 'lucide-react';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { cx } from '@/components/ui/class-names';
import { toneCounts, type LaneMarks, type Mark, type MarkCluster } from './lanes';
import { useMarkFocus } from './mark-focus';
import { momentText } from './point-text';
import { t } from '@/lib/client/language';

type Kind = Mark['kind'];

const ICONS: Readonly<Record<Kind, LucideIcon>> = {
  verdict: CircleDot,
  incident: TriangleAlert,
  evidence: FileWarning,
  restriction: Hand,
  switch: OctagonX,
  rung: ArrowUp,
  override: Pin,
  version: GitCommitHorizontal,
  identity: KeyRound,
  ladder: ListOrdered,
};

/** Where the tone changes the shape and not only the color. */
const TONED_ICONS: Readonly<Record<string, LucideIcon>> = {
  'verdict:positive': Check,
  'verdict:negative': X,
  'rung:negative': ArrowDown,
  'switch:positive': CircleDot,
};

const SEVERITY: Readonly<Partial<Record<Kind, string>>> = {
  incident: 'text-sev-1',
  switch: 'text-sev-1',
  evidence: 'text-sev-2',
  restriction: 'text-sev-2',
};

/** Green and red belong to verdicts; what stops an agent or speaks against it carries severity; the rest is neutral. */
function lookOf(kind: Kind, tone: MarkCluster['tone']): string {
  if (kind === 'verdict' && tone === 'positive') return 'text-approved';
  if (kind === 'verdict' && tone === 'negative') return 'text-rejected';
  if (tone !== 'negative') return 'text-ink-2';
  return SEVERITY[kind] ?? 'text-ink';
}

const MOST_LINES = 5;

function clusterHint(cluster: MarkCluster): string {
  const lines = cluster.marks
    .slice(0, MOST_LINES)
    .map((mark) => `${momentText(Date.parse(mark.at))}: ${mark.text}`);
  const more = cluster.marks.length - lines.length;
  return [...lines, ...(more > 0 ? [t('and {more} more', { more })] : [])].join('\n');
}

interface MarkProps {
  /** The moment that is pinned, ms since the epoch. */
  pinned: number | null;
  onOpen: (mark: Mark) => void;
}

/** What happened, above the lines and on the same time scale; a mark opens the explanation of its moment. */
export function EventLanes({ lanes, ...props }: MarkProps & { lanes: readonly LaneMarks[] }) {
  return (
    <>
      {lanes.map((lane) => (
        <div
          key={lane.key}
          className="grid h-6 grid-cols-(--chart-columns) items-center border-b border-line/60 last:border-b-0"
        >
          <span className="truncate pr-2 text-xs text-ink-2">{lane.label}</span>
          <div
            role="toolbar"
            aria-label={t('{label}: {count} in this range', {
              label: lane.label,
              count: lane.count,
            })}
            className="relative h-full"
            onKeyDown={walkLane}
          >
            {lane.clusters.map((cluster, index) => (
              <LaneMark
                key={cluster.key}
                cluster={cluster}
                tabIndex={index === lane.clusters.length - 1 ? 0 : -1}
                {...props}
              />
            ))}
          </div>
          <span className="pl-4 text-xs text-ink-2">{lane.count}</span>
        </div>
      ))}
    </>
  );
}

/** Left and right walk the marks of a lane. */
function walkLane(event: KeyboardEvent<HTMLElement>) {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (step === undefined || !(event.target instanceof HTMLElement)) return;
  const marks = [...event.currentTarget.querySelectorAll('button')];
  const next = marks[marks.findIndex((mark) => mark === event.target) + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

function LaneMark({
  cluster,
  tabIndex,
  pinned,
  onOpen,
}: MarkProps & { cluster: MarkCluster; tabIndex: number }) {
  const button = useRef<HTMLButtonElement>(null);
  const focus = useMarkFocus();
  const subjects = cluster.marks.flatMap(({ subjectId }) => subjectId ?? []);
  useEffect(() => {
    if (focus.take(subjects)) button.current?.focus();
  });
  const last = cluster.marks.at(-1);
  if (!last) return null;
  const many = cluster.marks.length > 1;
  const Icon = TONED_ICONS[`${last.kind}:${cluster.tone}`] ?? ICONS[last.kind];
  const hint = clusterHint(cluster);
  const current = cluster.marks.some(({ at }) => Date.parse(at) === pinned);
  return (
    <button
      ref={button}
      type="button"
      data-subjects={subjects.join(' ')}
      aria-current={current || undefined}
      tabIndex={tabIndex}
      aria-label={many ? t('{count} events: {hint}', { count: cluster.marks.length, hint }) : hint}
      data-hint={hint}
      onClick={() => onOpen(last)}
      className={cx(
        'absolute top-1/2 z-[1] inline-flex h-5 -translate-x-1/2 -translate-y-1/2 items-center justify-center rounded-sm hover:bg-hover',
        many ? 'min-w-5 bg-sunken px-1 text-[11px] font-medium' : 'w-5',
        current && 'ring-1 ring-accent',
        lookOf(last.kind, cluster.tone),
      )}
      style={{ left: `${cluster.fraction * 100}%` }}
    >
      {many ? (
        <>
          {cluster.marks.length}
          <ToneShare marks={cluster.marks} />
        </>
      ) : (
        <Icon aria-hidden size={13} strokeWidth={2.25} />
      )}
    </button>
  );
}

/** Under a joined mark: how much of it was positive (left) and negative (right), for verdicts only; the hint says it in words. */
function ToneShare({ marks }: { marks: readonly Mark[] }) {
  const counts = toneCounts(marks);
  if (marks[0]?.kind !== 'verdict' || counts.positive + counts.negative === 0) return null;
  return (
    <span aria-hidden className="absolute inset-x-0.5 bottom-0 flex h-0.5 overflow-hidden">
      <span className="bg-approved" style={{ flexGrow: counts.positive }} />
      <span className="bg-rejected" style={{ flexGrow: counts.negative }} />
    </span>
  );
}
