/** A decision point of a customer for tests: a real HTTP server whose answers the test chooses. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface DecisionPoint {
  readonly url: string;
  /** What arrived: path, headers and body. */
  readonly asked: { path: string; authorization: string | undefined; body: unknown }[];
  answer: (response: ServerResponse) => void;
  close: () => Promise<void>;
}

export const json =
  (body: unknown, status = 200) =>
  (response: ServerResponse): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };

export async function startDecisionPoint(): Promise<DecisionPoint> {
  const asked: DecisionPoint['asked'] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const { authorization } = request.headers;
      asked.push({ path: request.url ?? '', authorization, body: JSON.parse(text) });
      point.answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const point: DecisionPoint = {
    url: `http://127.0.0.1:${port}`,
    asked,
    answer: json({ result: true }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return point;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
