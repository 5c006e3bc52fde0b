/** Collects key prefixes and refetches each at most once per its pause, however many announcements come. */
export interface RefetchQueue {
  add: (key: readonly string[]) => void;
  close: () => void;
}

type Refetch = (key: readonly string[]) => Promise<unknown>;

/** A prefix that is announced again while it is being fetched is fetched once more afterwards, so that no change is missed. */
export function refetchQueue(
  refetch: Refetch,
  pauseMs: (key: readonly string[]) => number,
): RefetchQueue {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const running = new Set<string>();
  const again = new Map<string, readonly string[]>();

  const run = async (name: string, key: readonly string[]) => {
    waiting.delete(name);
    running.add(name);
    await refetch(key).catch(() => undefined);
    running.delete(name);
    const next = again.get(name);
    again.delete(name);
    if (next) add(next);
  };
  const add = (key: readonly string[]) => {
    const name = key.join('\n');
    if (running.has(name)) again.set(name, key);
    else if (!waiting.has(name))
      waiting.set(
        name,
        setTimeout(() => void run(name, key), pauseMs(key)),
      );
  };
  return {
    add,
    close: () => {
      waiting.forEach(clearTimeout);
      waiting.clear();
      again.clear();
    },
  };
}
