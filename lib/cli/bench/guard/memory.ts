/** Belay's answers to one allowed action, without a Belay: what a client costs when everything else costs nothing. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const layer = { score: 0.8, coverage: 1, freshAt: null, alarm: false };
const DECISION = {
  id: '019ab000-0000-7000-8000-000000000000',
  outcome: 'allow',
  reasons: [{ code: 'policy.allow', text: 'The policy allows it.' }],
  trust: {
    score: 0.8,
    rung: 4,
    layers: { identity: layer, behavior: layer, context: layer, outcome: layer },
  },
};

/** One answer a kind of request; the end of its path tells which. */
const ANSWERS: Readonly<Record<string, unknown>> = {
  token: { access_token: 'a', token_type: 'Bearer', expires_in: 300 },
  evaluation: { decision: true, context: DECISION },
  redeem: { id: DECISION.id, state: 'redeemed', redeemedAt: '2026-01-01T00:00:00.000Z' },
  outcome: { id: DECISION.id, recorded: true, outputTruncated: false },
};

/** The same answers over HTTP, from this process: nothing waits for anybody, and everything that `fetch` does is done. */
export async function serveFromMemory(): Promise<{ url: string; close: () => void }> {
  const bodies = new Map(
    Object.entries(ANSWERS).map(([kind, body]) => [kind, JSON.stringify(body)]),
  );
  const server = createServer((request, response) => {
    const kind = request.url?.split('/').at(-1) ?? '';
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json').end(bodies.get(kind));
    });
  });
  server.listen(0);
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

export const answerFromMemory: typeof fetch = (input) => {
  const kind = new Request(input).url.split('/').at(-1) ?? '';
  return Promise.resolve(Response.json(ANSWERS[kind]));
};
