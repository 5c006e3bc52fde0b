/** On the server every request has its language. The HTTP server keeps the request; here its language is found, once. */
import type { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingHttpHeaders } from 'node:http';
import { CATALOGUES } from './catalogues/all';
import { LANGUAGE_COOKIE, cookieIn, languageFor } from './languages';
import { speakWith, type Speech } from './speech';

interface KeptRequest {
  readonly headers: IncomingHttpHeaders;
}

/** Set by `lib/cli/start/console-server.mjs`, which is plain Node and shares no module with the pages. */
const REQUESTS = Symbol.for('belay.requests');
const held = globalThis as { [REQUESTS]?: AsyncLocalStorage<KeptRequest> };

/** Makes texts follow the request that is being answered. Called once when the server starts. */
export function speakToEachRequest(): void {
  const found = new WeakMap<KeptRequest, Speech>();
  speakWith(() => {
    const request = held[REQUESTS]?.getStore();
    if (request === undefined) return undefined;
    const speech = found.get(request) ?? speechOf(request.headers);
    found.set(request, speech);
    return speech;
  });
}

/** What a browser with these headers reads. */
export function speechOf(headers: IncomingHttpHeaders): Speech {
  const chosen = cookieIn(headers.cookie ?? '', LANGUAGE_COOKIE);
  const language = languageFor(chosen, headers['accept-language'] ?? '');
  return { language, catalogue: CATALOGUES[language] };
}
