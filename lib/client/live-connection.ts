/**
 * The one stream of announcements a page keeps open. The browser resumes by itself after a short loss (Last-Event-ID); after
 * a refusal or a long one this opens a new stream, and says so, because then something may have been missed.
 */
import type { LiveEvent } from '@/lib/contracts';

export type Connection =
  { state: 'connecting' } | { state: 'live' } | { state: 'lost'; since: number };

export interface LiveHandlers {
  onEvent: (event: LiveEvent) => void;
  onConnection: (connection: Connection) => void;
  /** Announcements may have been missed: refetch everything in sight. */
  onGap: () => void;
}

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

function eventsOf(data: string): LiveEvent[] {
  try {
    const parsed: unknown = JSON.parse(data);
    return (Array.isArray(parsed) ? parsed : [parsed]) as LiveEvent[];
  } catch {
    return [];
  }
}

/** Opens the stream and keeps it open. Returns the function that closes it. */
export function connectLive(url: string, handlers: LiveHandlers): () => void {
  let source: EventSource | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let waitMs = FIRST_RETRY_MS;
  let lostAt: number | undefined;
  let opened = false;

  const lost = () => {
    lostAt ??= Date.now();
    handlers.onConnection({ state: 'lost', since: lostAt });
  };
  const open = () => {
    source = new EventSource(url);
    source.onopen = () => {
      if (opened) handlers.onGap();
      opened = true;
      lostAt = undefined;
      waitMs = FIRST_RETRY_MS;
      handlers.onConnection({ state: 'live' });
    };
    // Also the first thing a new stream says: what was loaded before it may be old already.
    source.addEventListener('resync', handlers.onGap);
    source.onmessage = (message) => eventsOf(String(message.data)).forEach(handlers.onEvent);
    source.onerror = () => {
      lost();
      if (source?.readyState !== EventSource.CLOSED) return;
      clearTimeout(retry);
      retry = setTimeout(open, waitMs);
      waitMs = Math.min(waitMs * 2, LONGEST_RETRY_MS);
    };
  };

  const reopen = () => {
    clearTimeout(retry);
    source?.close();
    open();
  };

  // A stream over a network that went away can stay silent for minutes before it fails.
  window.addEventListener('offline', lost);
  window.addEventListener('online', reopen);
  handlers.onConnection({ state: 'connecting' });
  open();
  return () => {
    window.removeEventListener('offline', lost);
    window.removeEventListener('online', reopen);
    clearTimeout(retry);
    source?.close();
  };
}
