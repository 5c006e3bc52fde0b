import { readerMayLeave } from '../reader-may-leave';

/** A measurement; prints its figures. What follows its name on the command line is for it. */
type Bench = (args: readonly string[]) => Promise<void>;

/** One line a bench: its name and the module that runs it, loaded when it is asked for. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  baselines: async () => (await import('./baselines')).benchBaselines,
  calibration: async () => (await import('./calibration')).benchCalibration,
  crash: async () => (await import('./crash')).benchCrash,
  curves: async () => (await import('./curves')).benchCurves,
  decide: async () => (await import('./decide')).benchDecide,
  differential: async () => (await import('./differential')).benchDifferential,
  gateway: async () => (await import('./gateway')).benchGateway,
  guard: async () => (await import('./guard')).benchGuard,
  kept: async () => (await import('./kept')).benchKept,
  policy: async () => (await import('./policy')).benchPolicy,
  queue: async () => (await import('./queue')).benchQueue,
  provenance: async () => (await import('./provenance')).benchProvenance,
  trust: async () => (await import('./trust')).benchTrust,
};

readerMayLeave();

const [name = '', ...args] = process.argv.slice(2);
const load = BENCHES[name];
if (load === undefined) {
  console.error(`npm run bench NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 1;
} else {
  const bench = await load();
  await bench(args);
}
