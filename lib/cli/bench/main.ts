/** A measurement; prints its figures. */
type Bench = () => Promise<void>;

/** One line a bench: its name and the module that runs it, loaded when it is asked for. */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  crash: async () => (await import('./crash')).benchCrash,
  curves: async () => (await import('./curves')).benchCurves,
  decide: async () => (await import('./decide')).benchDecide,
  differential: async () => (await import('./differential')).benchDifferential,
  trust: async () => (await import('./trust')).benchTrust,
};

const name = process.argv[2] ?? '';
const load = BENCHES[name];
if (load === undefined) {
  console.error(`npm run bench NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}`);
  process.exitCode = 1;
} else {
  await (
    await load()
  )();
}
