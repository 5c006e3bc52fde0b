/** Driving a server and timing it: a closed loop, or a fixed rate whose waiting counts as latency. */
export interface LoadResult {
  readonly calls: number;
  readonly seconds: number;
  readonly perSecond: number;
  /** Milliseconds, nearest rank. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

type Call = (lane: number, index: number) => Promise<void>;

/** `lanes` callers, each with its next call as soon as the last has its answer. */
export async function closedLoop(
  options: { lanes: number; seconds: number },
  call: Call,
): Promise<LoadResult> {
  const times: number[] = [];
  const started = performance.now();
  const end = started + options.seconds * 1000;
  const lane = async (number: number) => {
    for (let index = 0; performance.now() < end; index += 1) {
      const from = performance.now();
      await call(number, index);
      times.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: options.lanes }, (_, number) => lane(number)));
  return resultOf(times, (performance.now() - started) / 1000);
}

/** Calls at fixed moments, whether or not earlier ones were answered: latency counts from the moment a call was due. */
export async function fixedRate(
  options: { lanes: number; seconds: number; perSecond: number },
  call: Call,
): Promise<LoadResult> {
  const times: number[] = [];
  const total = Math.floor(options.seconds * options.perSecond);
  const started = performance.now();
  const underway: Promise<void>[] = [];
  for (let index = 0; index < total; index += 1) {
    const due = started + (index * 1000) / options.perSecond;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    underway.push(
      call(index % options.lanes, index).then(() => {
        times.push(performance.now() - due);
      }),
    );
  }
  await Promise.all(underway);
  return resultOf(times, (performance.now() - started) / 1000);
}

/**
 * Several kinds of calls in turns, each at its own fixed moments, so that whatever else the machine does hits all of them alike.
 * Latency counts from the moment a call was due.
 *
 * @param options.perSecond calls of each kind a second
 */
export async function inTurns<Name extends string>(
  options: { seconds: number; perSecond: number },
  calls: Readonly<Record<Name, () => Promise<void>>>,
): Promise<ReadonlyMap<Name, LoadResult>> {
  const names = Object.keys(calls) as Name[];
  const times = new Map(names.map((name): [Name, number[]] => [name, []]));
  const slot = 1000 / (options.perSecond * names.length);
  const started = performance.now();
  const underway: Promise<void>[] = [];
  for (let turn = 0; turn * slot < options.seconds * 1000; turn += 1) {
    const due = started + turn * slot;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const name = names[turn % names.length];
    if (name === undefined) break;
    underway.push(calls[name]().then(() => void times.get(name)?.push(performance.now() - due)));
  }
  await Promise.all(underway);
  const seconds = (performance.now() - started) / 1000;
  return new Map([...times].map(([name, taken]) => [name, resultOf(taken, seconds)]));
}

function resultOf(times: number[], seconds: number): LoadResult {
  times.sort((a, b) => a - b);
  const at = (q: number) => times[Math.max(0, Math.ceil(q * times.length) - 1)] ?? 0;
  return {
    calls: times.length,
    seconds,
    perSecond: times.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    p999: at(0.999),
  };
}

/** Figures as a Markdown table, for the terminal and for docs/performance.md. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): void {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  process.stdout.write(
    `${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}\n`,
  );
}
