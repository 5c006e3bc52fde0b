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
  const response = await pool.request({
    method: 'POST',
    path,
    headers: {
      authorization: `Bearer ${await agent.token.current()}`,
      'content-type': 'application/json',
    },
    body: JSON.stringify(body),
  });
  return response.body.json();
}

function requireAllow(answer: unknown): void {
  if ((answer as { decision?: boolean }).decision !== true)
    throw new Error(`expected an allow, got ${say(answer)}`);
}

const say = (answer: unknown): string => JSON.stringify(answer).slice(0, 600);
