/** `npm run bench -- baselines DIR`: how often the baselines alarm on work in which nothing is wrong. */
import { liveThrough, repeated, shuffled } from '../kept/life';
import { printTable } from '../load';
import { readRecording, type Recording } from '../provenance/labelled';
import { liveFleet } from './fleet-life';
import { shareOf } from './interval';
import { BASELINE_KINDS, countAlarms, type Judged } from './kinds';

/** Calls of each recorded agent in a long life: eight weeks of working days. */
const LONG_LIFE = 1_600;

export async function benchBaselines([folder]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('npm run bench -- baselines DIR');
  const fleet = liveFleet();
  const ordinary = fleet.filter(({ meantWrong }) => !meantWrong);
  const wrong = fleet.filter(({ meantWrong }) => meantWrong);
  print('Demo fleet, ordinary steps', ordinary);
  print('Demo fleet, steps that its script means to be wrong', wrong);
  const recording = await readRecording(folder);
  print('Clean recorded sessions, each once', cleanLives(recording, 0));
  print('Clean recorded sessions, over and over for eight weeks', cleanLives(recording, LONG_LIFE));
  print(
    'Recorded calls that carry out an attack, after eight clean weeks',
    attacksAfter(recording),
  );
}

/** What the baselines say of the attacks: not what they are for alone, but what their few false alarms buy. */
function attacksAfter(recording: Recording): Judged[] {
  const { sessions } = recording;
  return [...new Set(sessions.map(({ agent_id: id }) => id))].flatMap((agentId) => {
    const own = shuffled(sessions.filter(({ agent_id: id }) => id === agentId));
    const clean = own.filter(({ attack }) => attack === null);
    const life = liveThrough(recording, [...repeated(clean, LONG_LIFE), ...own]);
    return life.filter(({ bad }) => bad);
  });
}

/** One agent kept for each `agent_id`. @param calls the least length of each life; 0 for each session once */
function cleanLives(recording: Recording, calls: number): Judged[] {
  const clean = recording.sessions.filter(({ attack }) => attack === null);
  return [...new Set(clean.map(({ agent_id: id }) => id))].flatMap((agentId) => {
    const own = clean.filter(({ agent_id: id }) => id === agentId);
    return liveThrough(recording, calls === 0 ? shuffled(own) : repeated(own, calls));
  });
}

function print(title: string, judged: readonly Judged[]): void {
  process.stdout.write(`\n### ${title}: ${judged.length} decisions\n\n`);
  printTable(
    ['baseline', 'decisions it could judge', 'alarms', 'rate', '95 % interval'],
    BASELINE_KINDS.map((kind) => {
      const { decisions, alarms } = countAlarms(kind, judged);
      const { share, low, high } = shareOf(alarms, decisions);
      const sure = decisions === 0 ? '' : `${percent(low)} to ${percent(high)}`;
      const rate = decisions === 0 ? '' : percent(share);
      return [kind.name, String(decisions), String(alarms), rate, sure];
    }),
  );
}

const percent = (share: number): string => `${(100 * share).toFixed(2)} %`;
