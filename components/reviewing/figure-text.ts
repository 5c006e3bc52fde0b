/** Figures in words: a number never without its counts, and none where there are too few. Pure. */
import type { Median, ReviewerFigures, Share } from '@/lib/contracts';

export interface FigureText {
  readonly value: string;
  /** What the value rests on. */
  readonly counts: string;
}

/** "14 s", "2 min 5 s", "1 h 3 min". */
export function secondsText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

const tooFew = (of: number, minimum: number) => `${of} so far, ${minimum} needed`;

export function shareText({ count, of, minimum, share }: Share): FigureText {
  if (share === null) return { value: 'too few', counts: tooFew(of, minimum) };
  return { value: `${Math.round(share * 100)} %`, counts: `${count} of ${of}` };
}

export function medianText({ seconds, of, minimum }: Median): FigureText {
  if (seconds === null) return { value: 'too few', counts: tooFew(of, minimum) };
  return { value: secondsText(seconds), counts: `${of} verdicts` };
}

interface FigureRow {
  readonly name: string;
  readonly means: string;
  readonly read: (figures: ReviewerFigures) => FigureText;
}

/** The rows of every table of figures. */
export const FIGURE_ROWS: readonly FigureRow[] = [
  {
    name: 'Approved',
    means: 'Share of the verdicts',
    read: ({ approved }) => shareText(approved),
  },
  {
    name: 'Time to verdict',
    means: 'Median, from the request on',
    read: ({ toVerdict }) => medianText(toVerdict),
  },
  {
    name: 'Time in sight',
    means: 'Median, the call open on a visible page',
    read: ({ inSight }) => medianText(inSight),
  },
  {
    name: 'Agreement',
    means: 'With a second person, on samples both read blind',
    read: ({ agreement }) => shareText(agreement),
  },
  {
    name: 'Spoken against later',
    means: 'By feedback, an incident, or the same call approved and right',
    read: ({ contradicted }) => shareText(contradicted),
  },
  {
    name: 'Canaries caught',
    means: 'Made-up dangerous calls that were rejected',
    read: ({ canaries }) => shareText(canaries),
  },
];
