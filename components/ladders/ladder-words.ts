/** A ladder and its changes in words. Pure. */
import { durationText } from '@/components/ui/time-text';
import type { LadderBody } from '@/lib/contracts';
import { spokenNumber, t } from '@/lib/client/language';

const score = (value: number) => spokenNumber(value, 2);
const points = (value: number) =>
  t('{points} points', { points: Number((value * 100).toFixed(2)) });

/** "24 h", "no time" for zero. Seconds in. */
function dwellText(seconds: number): string {
  return seconds === 0 ? t('no time') : durationText(seconds);
}

/** The rules for climbing and falling as sentences, in the order they are asked. */
export function ladderRules(ladder: LadderBody): { title: string; text: string }[] {
  return [
    {
      title: t('To climb'),
      text: t('The score must stay {points} above the threshold of the next rung for {time}.', {
        points: points(ladder.hysteresis),
        time: dwellText(ladder.dwellSeconds),
      }),
    },
    {
      title: t('Evidence'),
      text: t('Each climb needs evidence worth at least {least} actions in every layer.', {
        least: ladder.minimumEvidence,
      }),
    },
    {
      title: t('Every layer'),
      text: t(
        'No layer may stand below {floor}, none may be in alarm, and no incident may be open.',
        { floor: score(ladder.layerFloor) },
      ),
    },
    {
      title: t('To fall'),
      text: t('A rung is lost at once when the score falls below its threshold.'),
    },
  ];
}

/** A rule that differs between two ladders, as a sentence. */
interface RuleChange {
  readonly of: (ladder: LadderBody) => number;
  readonly says: (now: number, before: number) => string;
}

const RULE_CHANGES: readonly RuleChange[] = [
  {
    of: ({ hysteresis }) => hysteresis,
    says: (now, before) =>
      t('Climbing needs {now} above the threshold instead of {before}.', {
        now: points(now),
        before: points(before),
      }),
  },
  {
    of: ({ dwellSeconds }) => dwellSeconds,
    says: (now, before) =>
      t('The score must stay there for {now} instead of {before}.', {
        now: dwellText(now),
        before: dwellText(before),
      }),
  },
  {
    of: ({ minimumEvidence }) => minimumEvidence,
    says: (now, before) =>
      t('Each climb needs {now} observations instead of {before}.', { now, before }),
  },
  {
    of: ({ layerFloor }) => layerFloor,
    says: (now, before) =>
      t('Every layer must stand at {now} or above instead of {before}.', {
        now: score(now),
        before: score(before),
      }),
  },
  {
    of: ({ minimumSafetyChecks = 1 }) => minimumSafetyChecks,
    says: (now, before) =>
      t('Safety checks of 24 hours count from {now} on instead of {before}.', { now, before }),
  },
];

/** What differs between two ladders, one sentence a difference; empty when nothing does. */
export function ladderChanges(before: LadderBody, after: LadderBody): string[] {
  const rungs = after.rungs.flatMap((rung) => {
    const old = before.rungs.find((candidate) => candidate.rung === rung.rung);
    return old === undefined ? [] : rungChanges(old, rung);
  });
  const rules = RULE_CHANGES.filter(({ of }) => of(before) !== of(after));
  return [...rungs, ...rules.map(({ of, says }) => says(of(after), of(before)))];
}

function rungChanges(old: LadderBody['rungs'][number], now: typeof old): string[] {
  const { rung } = now;
  return [
    ...(old.min === now.min
      ? []
      : [
          t('Rung {rung} begins at {now} instead of {before}.', {
            rung,
            now: score(now.min),
            before: score(old.min),
          }),
        ]),
    ...(old.name === now.name
      ? []
      : [
          t('Rung {rung} is called “{now}” instead of “{before}”.', {
            rung,
            now: now.name,
            before: old.name,
          }),
        ]),
  ];
}

/** What is wrong with a ladder, by the field it concerns; empty when it can be saved. */
export function ladderProblems(ladder: LadderBody): Record<string, string> {
  const problems: Record<string, string> = {};
  ladder.rungs.forEach((rung, index) => {
    const below = ladder.rungs[index - 1];
    if (!Number.isFinite(rung.min) || rung.min < 0 || rung.min > 1)
      problems[`min-${rung.rung}`] = t('A score between 0.00 and 1.00.');
    else if (below && rung.min <= below.min)
      problems[`min-${rung.rung}`] = t('Must be above rung {rung}, which begins at {min}.', {
        rung: below.rung,
        min: score(below.min),
      });
    if (rung.name.trim() === '') problems[`name-${rung.rung}`] = t('Give the rung a name.');
  });
  if (!(ladder.hysteresis >= 0 && ladder.hysteresis <= 0.2))
    problems['hysteresis'] = t('Between 0 and 20 points.');
  if (!(ladder.dwellSeconds >= 0 && ladder.dwellSeconds <= 2_592_000))
    problems['dwell'] = t('Between 0 hours and 30 days.');
  if (!(ladder.minimumEvidence >= 0 && ladder.minimumEvidence <= 10_000))
    problems['evidence'] = t('Between {least} and {most}.', { least: 0, most: 10_000 });
  if (!(ladder.layerFloor >= 0 && ladder.layerFloor <= 1))
    problems['floor'] = t('A score between 0.00 and 1.00.');
  const { minimumSafetyChecks: checks = 1 } = ladder;
  if (!(Number.isInteger(checks) && checks >= 1 && checks <= 1_000))
    problems['safety-checks'] = t('A whole number between {least} and {most}.', {
      least: 1,
      most: 1_000,
    });
  return problems;
}
