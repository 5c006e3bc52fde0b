import type { Pool } from 'undici';
import type { BenchAgent } from './stage';

/** The part of a request that says what is to be done. */
export const action = (tool: string) => ({
  action: {
    name: tool,
    properties: { arguments: { customer: 'C-1042', note: 'called back, wants an offer' } },
  },
  resource: { type: 'customer', id: 'C-1042' },
});

/** Asks once for an action that is allowed. @throws Error when the answer is another one */
export async function askOnce(pool: Pool, agent: BenchAgent, tool: string): Promise<void> {
  const answer = await post(pool, agent, '/access/v1/evaluation', {
    subject: { type: 'agent', id: agent.id },
    ...action(tool),
  });
  requireAllow(answer);
}

/** Asks for `count` actions in one request. @throws Error unless all are allowed */
export async function askMany(
  pool: Pool,
  agent: BenchAgent,
  tool: string,
  count: number,
): Promise<void> {
  const answer = await post(pool, agent, '/access/v1/evaluations', {
    subject: { type: 'agent', id: agent.id },
    evaluations: Array.from({ length: count }, () => action(tool)),
  });
  const answers = (answer as { evaluations?: unknown[] }).evaluations ?? [];
  if (answers.length !== count) throw new Error(`expected ${count} answers: ${say(answer)}`);
  answers.forEach(requireAllow);
}

export async function post(
  pool: Pool,
  agent: BenchAgent,
  path: string,
  body: unknown,
): Promise<unknown> {
  const token = await agent.token.current();
  return JSON.parse(await answerTo(pool, { path, token, body: JSON.stringify(body) }));
}

/** Without streams around request and answer: what the load tool takes of the processor, the server cannot have. */
function answerTo(
  pool: Pool,
  { path, token, body }: { path: string; token: string; body: string },
): Promise<string> {
  const headers = ['authorization', `Bearer ${token}`, 'content-type', 'application/json'];
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    pool.dispatch(
      { method: 'POST', path, headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart: () => undefined,
        onResponseData: (_, chunk) => chunks.push(chunk),
        onResponseEnd: () => resolve(Buffer.concat(chunks).toString()),
        onResponseError: (_, error) => reject(error),
      },
    );
  });
}

function requireAllow(answer: unknown): void {
  if ((answer as { decision?: boolean }).decision !== true)
    throw new Error(`expected an allow, got ${say(answer)}`);
}

const say = (answer: unknown): string => JSON.stringify(answer).slice(0, 600);
