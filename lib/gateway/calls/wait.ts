import type { DecisionStatus } from '@/lib/contracts';
import type { BelayApi } from '../belay/api';
import type { Watch } from '../belay/watch';

/** Even without an announcement a waiting call asks this often, in milliseconds. */
const LOOK_MS = 3_000;

type Heard = Pick<Watch, 'listen'>;

export interface Waited {
  /** Where the decision stands; absent when Belay could not be asked. */
  readonly status: DecisionStatus | undefined;
}

/**
 * Waits until a decision is no longer pending, `ms` are over, or the signal is aborted. Belay's announcements say when to look, so
 * that a thousand waiting calls ask for nothing.
 *
 * @param onPause called about once in `LOOK_MS` while it goes on
 */
export async function waitForVerdict(
  { api, watch }: { api: Pick<BelayApi, 'status'>; watch: Heard },
  { decisionId, approvalId }: { readonly decisionId: string; readonly approvalId: string },
  options: { ms: number; signal: AbortSignal; onPause: () => void },
): Promise<Waited> {
  const until = performance.now() + options.ms;
  for (;;) {
    // Heard from before the look, so that what happens in between is not missed.
    const word = nextWord(watch, approvalId, {
      signal: options.signal,
      ms: Math.min(LOOK_MS, until - performance.now()),
    });
    const status = await api.status(decisionId).catch(() => undefined);
    const over = performance.now() >= until || options.signal.aborted;
    if (over || (status !== undefined && status.state !== 'pending')) {
      word.cancel();
      return { status };
    }
    await word.heard;
    options.onPause();
  }
}

function nextWord(
  watch: Heard,
  approvalId: string,
  { signal, ms }: { signal: AbortSignal; ms: number },
): { heard: Promise<void>; cancel: () => void } {
  let cancel = (): void => undefined;
  const heard = new Promise<void>((resolve) => {
    const end = () => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, Math.max(0, ms));
    const stop = watch.listen((events) => {
      const closed = events?.some(
        ({ type, subjectId }) => type === 'approval.closed' && subjectId === approvalId,
      );
      if (closed ?? true) end();
    });
    signal.addEventListener('abort', end, { once: true });
    cancel = end;
  });
  return { heard, cancel };
}
