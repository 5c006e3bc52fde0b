import type { ReactNode } from 'react';
import type { ArgumentRow } from '../argument-rows';
import type { Sources } from '../detail/argument-line';
import type { Check } from './dangers';
import type { Reading } from './kinds';

export interface ReadingViewProps {
  reading: Reading;
  sources: Sources;
  /** Values that are never folded away. */
  marked: ReadonlySet<ArgumentRow>;
}

/** What one kind of calls takes beyond what all are shown with. */
export interface KindCode {
  /** The slots it draws; the others follow as plain lines. */
  readonly slots: readonly string[];
  readonly draw: (props: ReadingViewProps) => ReactNode;
  /** What stands out in calls of the kind only. */
  readonly check?: Check;
}
