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

/** What differs between two ladders, one sentence a difference; empty when nothing does. */
export function ladderChanges(before: LadderBody, after: LadderBody): string[] {
  const changes: string[] = [];
  for (const rung of after.rungs) {
    const old = before.rungs.find((candidate) => candidate.rung === rung.rung);
    if (!old) continue;
    if (old.min !== rung.min)
      changes.push(
        t('Rung {rung} begins at {now} instead of {before}.', {
          rung: rung.rung,
          now: score(rung.min),
          before: score(old.min),
        }),
      );
    if (old.name !== rung.name)
      changes.push(
        t('Rung {rung} is called “{now}” instead of “{before}”.', {
          rung: rung.rung,
          now: rung.name,
          before: old.name,
        }),
      );
  }
  if (before.hysteresis !== after.hysteresis)
    changes.push(
      t('Climbing needs {now} above the threshold instead of {before}.', {
        now: points(after.hysteresis),
        before: points(before.hysteresis),
      }),
    );
  if (before.dwellSeconds !== after.dwellSeconds)
    changes.push(
      t('The score must stay there for {now} instead of {before}.', {
        now: dwellText(after.dwellSeconds),
        before: dwellText(before.dwellSeconds),
      }),
    );
  if (before.minimumEvidence !== after.minimumEvidence)
    changes.push(
      t('Each climb needs {now} observations instead of {before}.', {
        now: after.minimumEvidence,
        before: before.minimumEvidence,
      }),
    );
  if (before.layerFloor !== after.layerFloor)
    changes.push(
      t('Every layer must stand at {now} or above instead of {before}.', {
        now: score(after.layerFloor),
        before: score(before.layerFloor),
      }),
    );
  const { minimumSafetyChecks: checksBefore = 1 } = before;
  const { minimumSafetyChecks: checksAfter = 1 } = after;
  if (checksBefore !== checksAfter)
    changes.push(
      t('Safety checks of 24 hours count from {now} on instead of {before}.', {
        now: checksAfter,
        before: checksBefore,
      }),
    );
  return changes;
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
