'use client';

import { ArrowDown } from 'lucide-react';
import { memo, useEffect, useId, useLayoutEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { useNow } from '@/components/ui/relative-time';
import { useRowsInSight } from '@/components/ui/use-rows-in-sight';
import { t } from '@/lib/client/language';
import { type GroupPlace, type QueueRow, newBelow } from '../queue-rows';
import { useKeyNow } from '../shortcut-preference';
import { QueueRowView, ROW_HEIGHT } from './queue-row';
import { rowLabel } from './row-label';

export interface QueueListProps {
  label: string;
  rows: readonly QueueRow[];
  /** What each row is to its group. */
  places: readonly GroupPlace[];
  /** Opens or folds a group. */
  onGroup: (key: string) => void;
  cursorId: string | null;
  sendingIds: ReadonlySet<string>;
  onOpen: (id: string) => void;
  onSeen: (ids: ReadonlySet<string>) => void;
  /** The pointer came over the list or left it: closed rows are not swept away under it. */
  onPointerInside: (inside: boolean) => void;
  /** The end of the loaded rows came into sight. */
  onEnd: () => void;
  listRef: React.RefObject<HTMLDivElement | null>;
}

/** The virtualised queue: one stop in the tab order, the open item is its active descendant. */
export function QueueList(props: QueueListProps) {
  const { rows, cursorId, listRef } = props;
  const baseId = useId();
  const sight = useRowsInSight(listRef, ROW_HEIGHT);
  const cursorIndex = rows.findIndex((row) => row.approval.id === cursorId);
  useAnchor(listRef, rows, cursorIndex);
  useReveal(cursorId, cursorIndex, sight.reveal);
  useSeen(props, sight.first, sight.last);
  const below = newBelow(rows, sight.last);

  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={listRef}
        role="listbox"
        tabIndex={0}
        aria-label={props.label}
        aria-activedescendant={cursorIndex === -1 ? undefined : `${baseId}-${cursorId}`}
        data-scroll
        onClick={(event) => {
          const group = valueAt(event.target, 'group');
          const id = valueAt(event.target, 'approval');
          if (group !== undefined) props.onGroup(group);
          else if (id !== undefined) props.onOpen(id);
        }}
        onPointerEnter={() => props.onPointerInside(true)}
        onPointerLeave={() => props.onPointerInside(false)}
        className="min-h-0 flex-1 group/list overflow-y-auto overscroll-contain outline-none [overflow-anchor:none]"
      >
        <Options {...props} first={sight.first} last={sight.last} baseId={baseId} />
      </div>
      <NewBelow
        {...below}
        onJump={() => {
          if (below.next !== -1) sight.reveal(below.next, 'middle');
        }}
      />
    </div>
  );
}

/** Rows kept in the document on each side of those in sight. */
const AROUND = 6;

function Options({
  first,
  last,
  rows,
  places,
  cursorId,
  sendingIds,
  baseId,
}: QueueListProps & { first: number; last: number; baseId: string }) {
  // To the minute: a name that changes every second would be read out again and again.
  const minute = useMinute();
  const groupKey = useKeyNow('g');
  const from = Math.max(0, first - AROUND);
  return (
    <div
      role="presentation"
      className="relative w-full"
      style={{ height: rows.length * ROW_HEIGHT }}
    >
      {rows.slice(from, last + 1 + AROUND).map((row, offset) => {
        const index = from + offset;
        const id = row.approval.id;
        return (
          <Option
            key={id}
            domId={`${baseId}-${id}`}
            row={row}
            place={places[index] ?? 'alone'}
            selected={id === cursorId}
            sending={sendingIds.has(id)}
            position={index + 1}
            count={rows.length}
            start={index * ROW_HEIGHT}
            minute={minute}
            groupKey={groupKey}
          />
        );
      })}
    </div>
  );
}

interface OptionProps {
  domId: string;
  row: QueueRow;
  place: GroupPlace;
  selected: boolean;
  sending: boolean;
  position: number;
  count: number;
  /** Distance from the top of the list, in px. */
  start: number;
  minute: number;
  /** The key that opens or folds a group; null where single keys are off. */
  groupKey: string | null;
}

const Option = memo(function Option(props: OptionProps) {
  const { row, selected } = props;
  return (
    <div
      id={props.domId}
      role="option"
      data-approval={row.approval.id}
      aria-selected={selected}
      aria-setsize={props.count}
      aria-posinset={props.position}
      aria-label={rowLabel(row, props.place, props.minute, props.groupKey)}
      suppressHydrationWarning
      className="absolute inset-x-0 top-0 cursor-pointer -outline-offset-2 outline-focus group-focus-visible/list:aria-selected:outline-2"
      style={{ transform: `translateY(${props.start}px)` }}
    >
      <QueueRowView
        row={row}
        place={props.place}
        selected={selected}
        sending={props.sending}
        minute={props.minute}
      />
    </div>
  );
});

const MINUTE_MS = 60_000;

/** The present, cut to the minute. */
function useMinute(): number {
  return Math.floor(useNow() / MINUTE_MS) * MINUTE_MS;
}

/** One listener for all rows, so that no row is drawn anew for its sake. */
function valueAt(target: EventTarget, name: 'approval' | 'group'): string | undefined {
  const marked = target instanceof Element ? target.closest<HTMLElement>(`[data-${name}]`) : null;
  return marked?.dataset[name];
}

/** Says that calls came in below what is on screen, and goes to the critical ones first; it never moves the list by itself. */
function NewBelow({
  count,
  critical,
  onJump,
}: {
  count: number;
  critical: number;
  onJump: () => void;
}) {
  if (count === 0) return null;
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <Button
        variant="primary"
        size="sm"
        onClick={onJump}
        icon={<ArrowDown aria-hidden size={14} />}
        className="pointer-events-auto rounded-full shadow-pop"
      >
        {critical === 0
          ? t('{count} new', { count })
          : t('{count} new, {critical} critical', { count, critical })}
      </Button>
    </div>
  );
}

function useSeen({ rows, onSeen, onEnd }: QueueListProps, first: number, last: number): void {
  useEffect(() => {
    const onScreen = rows.slice(first, last + 1).filter((row) => row.unseen);
    const timer = setTimeout(() => {
      if (onScreen.length > 0) onSeen(new Set(onScreen.map((row) => row.approval.id)));
    }, SEEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [rows, first, last, onSeen]);
  useEffect(() => {
    if (rows.length > 0 && last >= rows.length - 10) onEnd();
  }, [rows.length, last, onEnd]);
}

/** A new row counts as seen once it has been on screen this long. */
const SEEN_AFTER_MS = 2_500;

/** When rows above the open one go away, scrolls by their height, so that it stays where it is on screen. */
function useAnchor(
  listRef: React.RefObject<HTMLDivElement | null>,
  rows: readonly QueueRow[],
  cursorIndex: number,
): void {
  const before = useRef({ id: '', index: -1 });
  const id = rows[cursorIndex]?.approval.id ?? '';
  useLayoutEffect(() => {
    const { id: lastId, index } = before.current;
    if (lastId === id && index !== -1 && cursorIndex !== -1 && index !== cursorIndex) {
      listRef.current?.scrollBy({ top: (cursorIndex - index) * ROW_HEIGHT });
    }
    before.current = { id, index: cursorIndex };
  }, [id, cursorIndex, listRef]);
}

/** Brings the open row into sight when it becomes another one, and never otherwise. */
function useReveal(id: string | null, index: number, reveal: (index: number) => void): void {
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (index === -1 || shown.current === id) return;
    shown.current = id;
    reveal(index);
  });
}
