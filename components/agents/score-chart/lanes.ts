/** The event lanes above the score chart: marks sorted into lanes, and marks that would cover each other joined. */
import type { History } from '@/lib/contracts';
import { fractionOf, type Span } from './shape';
import { t } from '@/lib/client/language';

export type Mark = History['marks'][number];
export type Tone = Mark['tone'];

export interface Lane {
  key: string;
  label: string;
  kinds: readonly Mark['kind'][];
}

/** Order from what people look for first. A mark of every kind has exactly one lane. */
export const LANES: readonly Lane[] = [
  {
    key: 'verdicts',
    get label() {
      return t('Verdicts');
    },
    kinds: ['verdict'],
  },
  {
    key: 'incidents',
    get label() {
      return t('Incidents');
    },
    kinds: ['incident'],
  },
  {
    key: 'evidence',
    get label() {
      return t('Evidence');
    },
    kinds: ['evidence'],
  },
  {
    key: 'restrictions',
    get label() {
      return t('Held back');
    },
    kinds: ['restriction'],
  },
  {
    key: 'switches',
    get label() {
      return t('Switches');
    },
    kinds: ['switch'],
  },
  {
    key: 'rungs',
    get label() {
      return t('Rung');
    },
    kinds: ['rung', 'override'],
  },
  {
    key: 'versions',
    get label() {
      return t('Versions');
    },
    kinds: ['version', 'identity'],
  },
  {
    key: 'ladder',
    get label() {
      return t('Ladder');
    },
    kinds: ['ladder'],
  },
];

export interface MarkCluster {
  key: string;
  /** Middle of the cluster's marks. */
  at: number;
  /** Where it stands, 0 to 1. */
  fraction: number;
  tone: Tone | 'mixed';
  marks: Mark[];
}

export interface LaneMarks extends Lane {
  clusters: MarkCluster[];
  count: number;
}

/** Lanes that have marks in the range, with marks nearer than `minFraction` of the width joined into one. */
export function laneMarks(marks: readonly Mark[], range: Span, minFraction: number): LaneMarks[] {
  return LANES.map((lane) => {
    const inside = marks
      .filter((mark) => lane.kinds.includes(mark.kind) && isInside(range, mark))
      .sort((a, b) => Date.parse(a.at) - Date.parse(b.at));
    return {
      ...lane,
      clusters: joinNear(lane.key, inside, range, minFraction),
      count: inside.length,
    };
  }).filter((lane) => lane.count > 0);
}

function isInside(range: Span, mark: Mark): boolean {
  const at = Date.parse(mark.at);
  return at >= range.from && at <= range.to;
}

function joinNear(
  laneKey: string,
  marks: readonly Mark[],
  range: Span,
  minFraction: number,
): MarkCluster[] {
  const groups: { start: number; marks: Mark[] }[] = [];
  for (const mark of marks) {
    const fraction = fractionOf(range, Date.parse(mark.at));
    const open = groups.at(-1);
    if (open && fraction - open.start < minFraction) open.marks.push(mark);
    else groups.push({ start: fraction, marks: [mark] });
  }
  return groups.map((group) => {
    const times = group.marks.map((mark) => Date.parse(mark.at));
    const at = ((times[0] ?? 0) + (times.at(-1) ?? 0)) / 2;
    return {
      key: `${laneKey}-${times[0]}`,
      at,
      fraction: fractionOf(range, at),
      tone: toneOf(group.marks),
      marks: group.marks,
    };
  });
}

function toneOf(marks: readonly Mark[]): Tone | 'mixed' {
  const tones = new Set(marks.map((mark) => mark.tone));
  const [only] = tones;
  return tones.size === 1 && only ? only : 'mixed';
}

/** How many of a cluster's marks are of each tone, in words: "3 positive, 1 negative". */
export function toneCounts(marks: readonly Mark[]): Record<Tone, number> {
  const counts: Record<Tone, number> = { positive: 0, negative: 0, neutral: 0 };
  for (const mark of marks) counts[mark.tone] += 1;
  return counts;
}
