/** Figures in words: a number never without its counts, and none where there are too few. Pure. */
import type { Median, ReviewerFigures, Share } from '@/lib/contracts';
import { counted, t } from '@/lib/client/language';

export interface FigureText {
  readonly value: string;
  /** What the value rests on. */
  readonly counts: string;
}

/** "14 s", "2 min 5 s", "1 h 3 min". */
export function secondsText(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return t('{n} s', { n: whole });
  if (whole < 3_600)
    return t('{minutes} min {seconds} s', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
  return t('{hours} h {minutes} min', {
    hours: Math.floor(whole / 3_600),
    minutes: Math.floor((whole % 3_600) / 60),
  });
}

const tooFew = (of: number, minimum: number) => t('{of} so far, {minimum} needed', { of, minimum });

export function shareText({ count, of, minimum, share }: Share): FigureText {
  if (share === null) return { value: t('too few'), counts: tooFew(of, minimum) };
  return {
    value: `${Math.round(share * 100)} %`,
    counts: t('{some} of {all}', { some: count, all: of }),
  };
}

export function medianText({ seconds, of, minimum }: Median): FigureText {
  if (seconds === null) return { value: t('too few'), counts: tooFew(of, minimum) };
  return {
    value: secondsText(seconds),
    counts: counted(of, '{count} verdict', '{count} verdicts'),
  };
}

interface FigureRow {
  readonly name: string;
  readonly means: string;
  readonly read: (figures: ReviewerFigures) => FigureText;
}

/** The rows of every table of figures. */
export const FIGURE_ROWS: readonly FigureRow[] = [
  {
    get name() {
      return t('Approved');
    },
    get means() {
      return t('Share of the verdicts');
    },
    read: ({ approved }) => shareText(approved),
  },
  {
    get name() {
      return t('Time to verdict');
    },
    get means() {
      return t('Median, from the request on');
    },
    read: ({ toVerdict }) => medianText(toVerdict),
  },
  {
    get name() {
      return t('Time in sight');
    },
    get means() {
      return t('Median, the call open on a visible page');
    },
    read: ({ inSight }) => medianText(inSight),
  },
  {
    get name() {
      return t('Agreement');
    },
    get means() {
      return t('With a second person, on samples both read blind');
    },
    read: ({ agreement }) => shareText(agreement),
  },
  {
    get name() {
      return t('Spoken against later');
    },
    get means() {
      return t('By feedback, an incident, or the same call approved and right');
    },
    read: ({ contradicted }) => shareText(contradicted),
  },
  {
    get name() {
      return t('Canaries caught');
    },
    get means() {
      return t('Made-up dangerous calls that were rejected');
    },
    read: ({ canaries }) => shareText(canaries),
  },
];
