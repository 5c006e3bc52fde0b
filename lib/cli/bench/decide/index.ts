/**
 * `npm run bench decide`: durable decisions over HTTP, through the Next route and through planes of one, two and four processes side by
 * side, with real agents, keys and PostgreSQL on this machine. `npm run bench -- decide kill`: a kill switch under load.
 * `npm run bench -- decide growth`: a plane before and after a million decisions.
 */
import { launchPlane } from '../../launch';
import { fillHistory } from './growth';
import { measureKills } from './kill';
import { AGENTS, measureServer } from './measure';
import { setStage, type DecideStage } from './stage';

type Part = (stage: DecideStage) => Promise<void>;

const PARTS: Readonly<Record<string, Part>> = {
  next: (stage) =>
    measureServer(stage, {
      name: 'Next route',
      url: stage.belay.url,
      pids: stage.belay.consolePids,
    }),
  plane: (stage) => measurePlane(stage, 'plane', 1),
  planes: (stage) => measurePlane(stage, 'plane, 2 processes', 2),
  planes4: (stage) => measurePlane(stage, 'plane, 4 processes', 4),
  kill: measureKills,
  growth: async (stage) => {
    await measurePlane(stage, 'plane, empty database', 1);
    await fillHistory(stage.belay.databaseUrl);
    await measurePlane(stage, 'plane, with a history', 1);
  },
};
const USUAL = ['next', 'plane', 'planes', 'planes4'];

/** @param args which parts: any of `PARTS`; the servers unless given */
export async function benchDecide(args: readonly string[]): Promise<void> {
  const wanted = args.length === 0 ? USUAL : args;
  const unknown = wanted.find((name) => PARTS[name] === undefined);
  if (unknown !== undefined)
    throw new Error(`"${unknown}" is none of: ${Object.keys(PARTS).join(', ')}`);
  const stage = await setStage(AGENTS);
  try {
    for (const name of wanted) await PARTS[name]?.(stage);
  } finally {
    await stage.belay.stop();
  }
}

async function measurePlane(stage: DecideStage, name: string, processes: number): Promise<void> {
  const plane = await launchPlane(stage.belay, processes);
  try {
    await measureServer(stage, {
      name,
      url: plane.url,
      pids: plane.child.pid === undefined ? [] : [plane.child.pid],
    });
  } finally {
    await plane.stop();
  }
}
