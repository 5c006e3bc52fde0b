'use client';

import { ArrowLeft } from 'lucide-react';
import {
  useCallback,
  useEffect,
  useRef,
  type CSSProperties,
  type KeyboardEvent,
  type PointerEvent,
  type ReactNode,
} from 'react';
import { Button } from './button';
import { cx } from './class-names';

const STEP_PERCENT = 2;
const clamp = (value: number, min: number, max: number) => Math.min(Math.max(value, min), max);

function useRememberedShare(name: string, initial: number, min: number, max: number) {
  const root = useRef<HTMLDivElement>(null);
  const separator = useRef<HTMLDivElement>(null);
  const share = useRef(initial);

  const apply = useCallback(
    (next: number, save: boolean) => {
      share.current = clamp(next, min, max);
      root.current?.style.setProperty('--share', `${share.current}%`);
      separator.current?.setAttribute('aria-valuenow', String(Math.round(share.current)));
      if (save) localStorage.setItem(`belay.split.${name}`, String(share.current));
    },
    [name, min, max],
  );
  // After the first paint: the server cannot know the size this browser remembers.
  useEffect(() => {
    const saved = Number(localStorage.getItem(`belay.split.${name}`));
    if (saved > 0) apply(saved, false);
  }, [name, apply]);
  return { root, separator, share, apply };
}

export interface SplitPaneProps {
  /** Where the size is remembered, one name per page. */
  name: string;
  primary: ReactNode;
  secondary: ReactNode;
  /** What the separator moves, for screen readers: "Width of the queue". */
  label: string;
  /** Width of the first pane, percent. */
  initial?: number;
  min?: number;
  max?: number;
  /** On a narrow screen only one pane shows: the second when this is true. */
  secondaryOpen: boolean;
  /** On a narrow screen, back from the second pane to the first. */
  onBack: () => void;
  backLabel: string;
  className?: string;
}

type SeparatorProps = ReturnType<typeof useRememberedShare> & {
  label: string;
  initial: number;
  min: number;
  max: number;
};

function Separator({ label, root, separator, share, apply, initial, min, max }: SeparatorProps) {
  const drag = (event: PointerEvent<HTMLDivElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !root.current) return;
    const box = root.current.getBoundingClientRect();
    apply(((event.clientX - box.left) / box.width) * 100, false);
  };
  const key = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: share.current - STEP_PERCENT,
      ArrowRight: share.current + STEP_PERCENT,
      Home: min,
      End: max,
    };
    const next = moves[event.key];
    if (next === undefined) return;
    event.preventDefault();
    apply(next, true);
  };
  return (
    <div
      ref={separator}
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={initial}
      aria-valuemin={min}
      aria-valuemax={max}
      onKeyDown={key}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={drag}
      onPointerUp={() => apply(share.current, true)}
      onDoubleClick={() => apply(initial, true)}
      className="relative w-px shrink-0 cursor-col-resize touch-none bg-line outline-offset-4 before:absolute before:inset-y-0 before:-left-3 before:z-10 before:w-6 hover:bg-accent focus-visible:bg-accent max-md:hidden"
    />
  );
}

/** Two panes beside each other with a movable separator that remembers its place; one pane at a time below 768 px. */
export function SplitPane({ initial = 38, min = 24, max = 70, ...props }: SplitPaneProps) {
  const { root, separator, share, apply } = useRememberedShare(props.name, initial, min, max);
  return (
    <div
      ref={root}
      style={{ '--share': `${initial}%` } as CSSProperties}
      className={cx('flex h-full min-h-0 min-w-0', props.className)}
    >
      <div
        className={cx(
          'min-h-0 min-w-0 flex-col max-md:w-full md:flex md:w-(--share) md:shrink-0',
          props.secondaryOpen ? 'hidden' : 'flex',
        )}
      >
        {props.primary}
      </div>
      <Separator
        label={props.label}
        root={root}
        separator={separator}
        share={share}
        apply={apply}
        initial={initial}
        min={min}
        max={max}
      />
      <div
        className={cx(
          'min-h-0 min-w-0 flex-1 flex-col md:flex',
          props.secondaryOpen ? 'flex' : 'hidden',
        )}
      >
        <div className="border-b border-line p-1 md:hidden">
          <Button variant="quiet" icon={<ArrowLeft aria-hidden size={16} />} onClick={props.onBack}>
            {props.backLabel}
          </Button>
        </div>
        {props.secondary}
      </div>
    </div>
  );
}
