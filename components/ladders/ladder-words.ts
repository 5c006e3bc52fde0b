/** A ladder and its changes in words. Pure. */
import { durationText } from '@/components/ui/time-text';
import type { LadderBody } from '@/lib/contracts';

const score = (value: number) => value.toFixed(2);
const points = (value: number) => `${Number((value * 100).toFixed(2))} points`;

/** "24 h", "no time" for zero. Seconds in. */
function dwellText(seconds: number): string {
  return seconds === 0 ? 'no time' : durationText(seconds);
}

/** The rules for climbing and falling as sentences, in the order they are asked. */
export function ladderRules(ladder: LadderBody): { title: string; text: string }[] {
  return [
    {
      title: 'To climb',
      text: `The score must stay ${points(ladder.hysteresis)} above the threshold of the next rung for ${dwellText(ladder.dwellSeconds)}.`,
    },
    {
      title: 'Evidence',
      text: `Each climb needs evidence worth at least ${ladder.minimumEvidence} actions in every layer.`,
    },
    {
      title: 'Every layer',
      text: `No layer may stand below ${score(ladder.layerFloor)}, none may be in alarm, and no incident may be open.`,
    },
    { title: 'To fall', text: 'A rung is lost at once when the score falls below its threshold.' },
  ];
}

/** What differs between two ladders, one sentence a difference; empty when nothing does. */
export function ladderChanges(before: LadderBody, after: LadderBody): string[] {
  const changes: string[] = [];
  for (const rung of after.rungs) {
    const old = before.rungs.find((candidate) => candidate.rung === rung.rung);
    if (!old) continue;
    if (old.min !== rung.min)
      changes.push(`Rung ${rung.rung} begins at ${score(rung.min)} instead of ${score(old.min)}.`);
    if (old.name !== rung.name)
      changes.push(`Rung ${rung.rung} is called “${rung.name}” instead of “${old.name}”.`);
  }
  if (before.hysteresis !== after.hysteresis)
    changes.push(
      `Climbing needs ${points(after.hysteresis)} above the threshold instead of ${points(before.hysteresis)}.`,
    );
  if (before.dwellSeconds !== after.dwellSeconds)
    changes.push(
      `The score must stay there for ${dwellText(after.dwellSeconds)} instead of ${dwellText(before.dwellSeconds)}.`,
    );
  if (before.minimumEvidence !== after.minimumEvidence)
    changes.push(
      `Each climb needs ${after.minimumEvidence} observations instead of ${before.minimumEvidence}.`,
    );
  if (before.layerFloor !== after.layerFloor)
    changes.push(
      `Every layer must stand at ${score(after.layerFloor)} or above instead of ${score(before.layerFloor)}.`,
    );
  const { minimumSafetyChecks: checksBefore = 1 } = before;
  const { minimumSafetyChecks: checksAfter = 1 } = after;
  if (checksBefore !== checksAfter)
    changes.push(
      `Safety checks of 24 hours count from ${checksAfter} on instead of ${checksBefore}.`,
    );
  return changes;
}

/** What is wrong with a ladder, by the field it concerns; empty when it can be saved. */
export function ladderProblems(ladder: LadderBody): Record<string, string> {
  const problems: Record<string, string> = {};
  ladder.rungs.forEach((rung, index) => {
    const below = ladder.rungs[index - 1];
    if (!Number.isFinite(rung.min) || rung.min < 0 || rung.min > 1)
      problems[`min-${rung.rung}`] = 'A score between 0.00 and 1.00.';
    else if (below && rung.min <= below.min)
      problems[`min-${rung.rung}`] =
        `Must be above rung ${below.rung}, which begins at ${score(below.min)}.`;
    if (rung.name.trim() === '') problems[`name-${rung.rung}`] = 'Give the rung a name.';
  });
  if (!(ladder.hysteresis >= 0 && ladder.hysteresis <= 0.2))
    problems['hysteresis'] = 'Between 0 and 20 points.';
  if (!(ladder.dwellSeconds >= 0 && ladder.dwellSeconds <= 2_592_000))
    problems['dwell'] = 'Between 0 hours and 30 days.';
  if (!(ladder.minimumEvidence >= 0 && ladder.minimumEvidence <= 10_000))
    problems['evidence'] = 'Between 0 and 10,000.';
  if (!(ladder.layerFloor >= 0 && ladder.layerFloor <= 1))
    problems['floor'] = 'A score between 0.00 and 1.00.';
  const { minimumSafetyChecks: checks = 1 } = ladder;
  if (!(Number.isInteger(checks) && checks >= 1 && checks <= 1_000))
    problems['safety-checks'] = 'A whole number between 1 and 1,000.';
  return problems;
}
