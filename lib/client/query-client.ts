import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './api-error';

const RETRIES = 2;
/**
 * How long a change is remembered that no screen shows any more, in milliseconds. Some are sent or answered with a secret that
 * is shown once: when its dialog is closed, it is gone here too. Not 0, with which a change that still waits for its answer
 * would be looked at without a pause.
 */
const FORGET_MS = 100;

/** A refusal stays a refusal; only what may pass (no answer, 5xx) is asked again. */
function mayPass(failures: number, error: Error): boolean {
  const passing = !(error instanceof ApiError) || error.status === 0 || error.status >= 500;
  return passing && failures < RETRIES;
}

/** What the console keeps of the server's answers. */
export function newQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      // Live updates invalidate; the time only covers a page that was left and comes back.
      queries: { staleTime: 30_000, retry: mayPass, refetchOnWindowFocus: 'always' },
      mutations: { retry: false, gcTime: FORGET_MS },
    },
  });
}
