// One console process: Next, and the built files of the pages in the smallest form the browser takes. Next itself
// compresses with gzip while it answers; these files never change, so they are compressed once, as well as can be, when the
// console is built (`lib/cli/bootstrap/compress-assets.mjs`). Plain Node, because it runs where Next runs: without a compiler.
import { AsyncLocalStorage } from 'node:async_hooks';
import { once } from 'node:events';
import { createServer } from 'node:http';
import next from 'next';
import sirv from 'sirv';

const ASSETS = '/_next/static/';
/** How long running requests get at the end; live streams never end by themselves. */
const CLOSE_MS = 1_000;

const port = Number(process.env['PORT']);
const app = next({ dev: false, port });
const assets = sirv('.next/static', {
  brotli: true,
  gzip: true,
  etag: true,
  immutable: true,
  maxAge: 31_536_000,
  setHeaders: (response) => {
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  },
});

// What a page is written in depends on who asks: `lib/client/language/server.ts` reads the request from here.
const requests = new AsyncLocalStorage();
globalThis[Symbol.for('belay.requests')] = requests;

await app.prepare();
const handle = app.getRequestHandler();
const server = createServer((request, response) => {
  const url = request.url ?? '/';
  if (!url.startsWith(ASSETS)) return void requests.run(request, answer, request, response);
  request.url = url.slice(ASSETS.length - 1);
  assets(request, response, () => response.writeHead(404).end());
});
/**
 * What Next does not catch itself ends this request and no other.
 *
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
async function answer(request, response) {
  try {
    await handle(request, response);
  } catch (error) {
    console.error(error);
    if (!response.headersSent) response.statusCode = 500;
    response.end();
  }
}

server.listen(port);
await once(server, 'listening');

for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => void stop());

async function stop() {
  const closed = once(server, 'close');
  server.close();
  setTimeout(() => server.closeAllConnections(), CLOSE_MS).unref();
  await closed;
  process.exit(0);
}
