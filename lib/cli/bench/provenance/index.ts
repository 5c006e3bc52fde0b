/** `npm run bench -- provenance DIR`: how well the decision path tells attacks from work on recorded sessions, and at what price. */
import { printTable } from '@/lib/cli/bench/load';
import { DEFAULT_SENSITIVITY, type Caution, type Sensitivity } from '@/lib/provenance';
import type { Rung } from '@/lib/trust';
import { AIMS, figuresOf, meetsAim, type Figure, type Figures, type Gated } from './figures';
import { KINDS, foldsBy, type Fold, type Trial } from './folds';
import { gateSession, type GatedStep, type Setting } from './gate';
import { readRecording, type Recording } from './labelled';

const CAUTIONS: readonly Caution[] = ['orders', 'targets', 'balanced', 'details', 'everything'];
const SCORES: readonly number[] = [0.55, 0.7, 0.85];
const RUNG: Rung = 4;

const COLUMNS: Readonly<Record<Figure, string>> = {
  goalReached: 'attacks that reach their goal',
  attackExecuted: 'acted attacks with a call executed',
  benignAsked: 'benign actions that need a person',
  cleanSessionsAsked: 'clean sessions that need a person',
  userPathHeld: 'user-path actions held under attack',
  falseAlarms: 'false alarms on clean sessions',
  inTime: 'acted attacks alarmed in time',
};
const FIGURES = Object.keys(COLUMNS) as Figure[];

export async function benchProvenance([folder]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('npm run bench -- provenance DIR');
  const recording = await readRecording(folder);
  const gate = (setting: Setting) => gateAll(recording, setting);
  const trials = SCORES.flatMap((recognisedScore) =>
    CAUTIONS.map((caution): Trial => {
      const sensitivity = { caution, recognisedScore };
      return { sensitivity, gated: gate({ sensitivity, rung: RUNG }) };
    }),
  );
  const chosen = trials.find(
    ({ sensitivity }) => nameOf(sensitivity) === nameOf(DEFAULT_SENSITIVITY),
  );
  const gated = chosen?.gated ?? gate({ sensitivity: DEFAULT_SENSITIVITY, rung: RUNG });
  title(`The default, rung ${RUNG}, ${gated.length} sessions`);
  printFigures([['default', figuresOf(gated)]]);
  title('What held calls of clean sessions');
  printCauses(gated);
  title('The trade-off');
  printFigures([...references(recording), ...trials.map(rowOf), ...rungs(gate)]);
  for (const [kind, valueOf] of Object.entries(KINDS)) {
    title(`Held out by ${kind}: chosen on the rest, measured on what was held out`);
    printFolds(foldsBy(valueOf, trials), kind === 'attack goal');
  }
}

const gateAll = (recording: Recording, setting: Setting): Gated[] =>
  recording.sessions.map((session) => ({
    session,
    answers: gateSession(recording, session, setting),
  }));

const nameOf = ({ caution, recognisedScore }: Sensitivity): string =>
  `${caution}, ${recognisedScore}`;
const rowOf = ({ sensitivity, gated }: Trial): [string, Figures] => [
  nameOf(sensitivity),
  figuresOf(gated),
];

/** Both ends of the curve: no gate, and a person for each side effect. */
function references({ sessions }: Recording): [string, Figures][] {
  const answered = (asks: (step: { side_effect: boolean }) => boolean): Figures =>
    figuresOf(
      sessions.map((session) => ({
        session,
        answers: session.steps.map((step) => ({
          outcome: asks(step) ? ('require_approval' as const) : ('allow' as const),
          alert: false,
        })),
      })),
    );
  return [
    ['allow everything', answered(() => false)],
    ['review each side effect', answered((step) => step.side_effect)],
  ];
}

const rungs = (gate: (setting: Setting) => Gated[]): [string, Figures][] =>
  ([3, 5] as const).map((rung) => [
    `default on rung ${rung}`,
    figuresOf(gate({ sensitivity: DEFAULT_SENSITIVITY, rung })),
  ]);

function printCauses(gated: readonly Gated[]): void {
  const causes = new Map<string, number>();
  for (const { session, answers } of gated) {
    if (session.attack !== null) continue;
    for (const { outcome, rule } of answers as readonly GatedStep[]) {
      if (outcome !== 'allow') causes.set(rule, (causes.get(rule) ?? 0) + 1);
    }
  }
  const rows = [...causes].sort((a, b) => b[1] - a[1]);
  printTable(
    ['first rule', 'calls'],
    rows.map(([rule, calls]) => [rule, String(calls)]),
  );
}

function printFigures(rows: readonly (readonly [string, Figures])[]): void {
  const aims = FIGURES.map((figure) => `${figure === 'inTime' ? '>=' : '<='} ${AIMS[figure]} %`);
  printTable(
    ['', ...FIGURES.map((figure) => COLUMNS[figure])],
    [['aim', ...aims], ...rows.map(([name, figures]) => [name, ...FIGURES.map(cellOf(figures))])],
  );
}

const cellOf =
  (figures: Figures) =>
  (figure: Figure): string => {
    const value = figures[figure];
    if (value === undefined) return '';
    return meetsAim(figure, value) ? `${value.toFixed(2)} %` : `**${value.toFixed(2)} %**`;
  };

/** Goals are many and their wording belongs to the data: the worst stand for all, without it. */
function printFolds(folds: readonly Fold[], worstOnly: boolean): void {
  const shown = worstOnly
    ? folds
        .toSorted((a, b) => (b.figures.attackExecuted ?? 0) - (a.figures.attackExecuted ?? 0))
        .slice(0, 5)
    : folds;
  printFigures(
    shown.map(({ name, chosen, figures }, index) => [
      `${worstOnly ? `goal, worst ${index + 1}` : name} (${figures.acted} acted; chosen: ${nameOf(chosen)})`,
      figures,
    ]),
  );
  if (!worstOnly) return;
  const measured = folds.filter(({ figures }) => figures.acted > 0);
  const over = measured.filter(({ figures }) => (figures.attackExecuted ?? 0) > 5);
  process.stdout.write(
    `${measured.length} goals were acted on; of ${over.length} more than 5 % executed a call.\n`,
  );
}

const title = (text: string): void => void process.stdout.write(`\n### ${text}\n\n`);
