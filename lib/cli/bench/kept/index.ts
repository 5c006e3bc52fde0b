/** `npm run bench -- kept DIR`: agents kept over all their recorded sessions, with the labels fed back: a table and curves. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rung } from '@/lib/trust';
import { PICTURES } from '../curves';
import { drawCurve, SCORE_AXIS, type Axis } from '../curves/draw';
import { printTable } from '../load';
import { readRecording, type Recording } from '../provenance/labelled';
import { isStopped, meanByDay, needsPerson, perHundred, type Shown } from './days';
import { callsOf, liveThrough, repeated, shuffled, type Moment } from './life';

/** Calls of clean sessions before the attacks begin: thirty working days. */
const CLEAN_CALLS = 1_200;

/** The same agent, three times. */
interface Lives {
  readonly attacked: boolean;
  /** All its sessions once, from its registration on. */
  readonly asRecorded: readonly Moment[];
  /** Clean sessions over and over, and then all its sessions once. */
  readonly attackedLater: readonly Moment[];
  /** As long as that, but clean throughout. */
  readonly clean: readonly Moment[];
}

export async function benchKept([folder]: readonly string[]): Promise<void> {
  if (folder === undefined) throw new Error('npm run bench -- kept DIR');
  const recording = await readRecording(folder);
  const agents = [...new Set(recording.sessions.map(({ agent_id: id }) => id))].sort();
  const lives = agents.map((id) => livesOf(recording, id));
  printLives(lives);
  console.log(
    '\nNegative signals of 1,000 calls in the clean lives of the agents that end on such a rung\n',
  );
  printHeldBack(lives.map(({ clean }) => clean));
  for (const picture of PICTURE_LIST) {
    const path = join(PICTURES, picture.file);
    writeFileSync(
      path,
      drawCurve({ ...picture, series: seriesOf(lives, picture.shown) }, picture.axis),
    );
    console.log(path);
  }
}

function livesOf(recording: Recording, agentId: string): Lives {
  const own = shuffled(recording.sessions.filter(({ agent_id: id }) => id === agentId));
  const clean = own.filter(({ attack }) => attack === null);
  const before = repeated(clean, CLEAN_CALLS);
  const length = callsOf(before) + callsOf(own);
  return {
    attacked: clean.length < own.length,
    asRecorded: liveThrough(recording, own),
    attackedLater: liveThrough(recording, [...before, ...own]),
    clean: liveThrough(recording, repeated(clean, length)),
  };
}

function printLives(lives: readonly Lives[]): void {
  const attacked = lives.filter((one) => one.attacked);
  const others = lives.filter((one) => !one.attacked);
  const firstPart = (life: readonly Moment[]) => life.slice(0, CLEAN_CALLS);
  const rows: readonly (readonly [string, readonly (readonly Moment[])[]])[] = [
    [
      'attacked: after 1,200 calls of clean sessions',
      attacked.map((one) => firstPart(one.attackedLater)),
    ],
    ['attacked: after all its sessions on top', attacked.map((one) => one.attackedLater)],
    ['the same agents, as many calls, clean throughout', attacked.map((one) => one.clean)],
    ['the same agents, all sessions from the first day', attacked.map((one) => one.asRecorded)],
    ['never attacked: all sessions from the first day', others.map((one) => one.asRecorded)],
    ['never attacked: after 1,200 calls and all sessions', others.map((one) => one.attackedLater)],
  ];
  const head = [
    '',
    'agents',
    'mean score',
    'agents on rung 1 / 2 / 3 / 4 / 5',
    'people per 100 calls',
    'stopped per 100 calls',
    'attack calls that ran',
  ];
  printTable(
    head,
    rows.map(([name, group]) => rowOf(name, group)),
  );
}

const RUNGS: readonly Rung[] = [1, 2, 3, 4, 5];

function rowOf(name: string, lives: readonly (readonly Moment[])[]): string[] {
  const mean = (valueOf: (life: readonly Moment[]) => number) =>
    lives.reduce((sum, life) => sum + valueOf(life), 0) / lives.length;
  const attacks = lives.flatMap((life) => life.filter(({ bad }) => bad));
  return [
    name,
    String(lives.length),
    mean((life) => life.at(-1)?.score ?? 0).toFixed(2),
    RUNGS.map((rung) => lives.filter((life) => life.at(-1)?.rung === rung).length).join(' / '),
    mean((life) => perHundred(life, needsPerson)).toFixed(1),
    mean((life) => perHundred(life, isStopped)).toFixed(1),
    `${attacks.filter(({ ran }) => ran).length} of ${attacks.length}`,
  ];
}

/** What Belay found in lives without an attack, for those that stayed at the bottom and for the others. */
function printHeldBack(lives: readonly (readonly Moment[])[]): void {
  const low = lives.filter((life) => life.at(-1)?.rung === 1);
  const high = lives.filter((life) => life.at(-1)?.rung !== 1);
  const perThousand = (group: readonly (readonly Moment[])[], kind: string) => {
    const found = group.flat().filter((moment) => moment.found.includes(kind));
    return ((1_000 * found.length) / Math.max(1, group.flat().length)).toFixed(1);
  };
  const kinds = [...new Set(lives.flat().flatMap(({ found }) => found))].sort();
  printTable(
    ['signal', `rung 1 (${low.length} agents)`, `rung 2 and above (${high.length} agents)`],
    kinds.map((kind) => [kind, perThousand(low, kind), perThousand(high, kind)]),
  );
}

interface Picture {
  readonly file: string;
  readonly id: string;
  readonly title: string;
  readonly axis: Axis;
  readonly shown: Shown;
}

const PICTURE_LIST: readonly Picture[] = [
  {
    file: 'kept-score.svg',
    id: 'Kept agents',
    title: 'score; attacks begin on day 42',
    axis: SCORE_AXIS,
    shown: (life, index) => life[index]?.score ?? 0,
  },
  {
    file: 'kept-rung.svg',
    id: 'Kept agents',
    title: 'rung; attacks begin on day 42',
    axis: {
      marks: RUNGS.map((rung) => rung / 5),
      textOf: (mark) => `rung ${Math.round(mark * 5)}`,
    },
    shown: (life, index) => (life[index]?.rung ?? 1) / 5,
  },
  {
    file: 'kept-people.svg',
    id: 'Kept agents',
    title: 'people needed per 100 calls; attacks begin on day 42',
    axis: { marks: [0, 0.2, 0.4, 0.6, 0.8, 1], textOf: (mark) => String(Math.round(mark * 100)) },
    shown: (life, index) => perHundred(life, needsPerson, index + 1) / 100,
  },
];

function seriesOf(lives: readonly Lives[], shown: Shown) {
  const attacked = lives.filter((one) => one.attacked);
  const others = lives.filter((one) => !one.attacked);
  return [
    meanByDay(
      `mean of ${attacked.length}, clean`,
      attacked.map((one) => one.clean),
      shown,
    ),
    meanByDay(
      `mean of ${attacked.length}, attacked later`,
      attacked.map((one) => one.attackedLater),
      shown,
    ),
    meanByDay(
      'the one never attacked',
      others.map((one) => one.attackedLater),
      shown,
    ),
  ];
}
