/** Agents that pass tasks on to each other, as tests of chains begin with. */
import { sql } from '@/lib/db';
import { redeemHandler } from '@/lib/http/agents/decisions';
import { makeTool, makeWorkspace, type TestWorkspace } from '@/lib/services/testing/fixture';
import { makeSigningAgent, ORIGIN, type SigningAgent, type TokenAnswer } from './signing-agents';

export interface Relay {
  readonly workspace: TestWorkspace;
  /** May read and nothing else. */
  readonly planner: SigningAgent;
  readonly writer: SigningAgent;
  /** May be at the end of a long chain. */
  readonly clerk: SigningAgent;
}

export async function makeRelay(): Promise<Relay> {
  const workspace = await makeWorkspace();
  // Somebody else could decide, so whoever puts in a key has a part.
  await sql(
    `UPDATE people SET password_hash = 'x' WHERE id IN (SELECT person_id FROM memberships WHERE workspace_id = $1)`,
    [workspace.id],
  );
  await makeTool(workspace, 'note.read');
  await makeTool(workspace, 'note.write', { sideEffect: 'write' });
  return {
    workspace,
    planner: await makeSigningAgent(workspace, { name: 'planner', pact: { tools: ['note.read'] } }),
    writer: await makeSigningAgent(workspace, { name: 'writer', owner: 'wendy@example.org' }),
    clerk: await makeSigningAgent(workspace, {
      name: 'clerk',
      pact: { tools: ['*'], delegationDepth: 5 },
    }),
  };
}

/** The status of an answer of the token endpoint, its error as OAuth has it, and its code. */
export async function codeOf(answer: Promise<TokenAnswer>): Promise<string> {
  const { status, body } = await answer;
  return `${status} ${body['error'] ?? ''} ${body['code'] ?? ''}`;
}

/** `redeemed`, or what the redemption of the agent's note was refused with. */
export async function redeemNote(agent: SigningAgent, token: string, id: string): Promise<string> {
  const { action, resource } = agent.asking('note.write');
  const response = await redeemHandler(
    new Request(`${ORIGIN}/api/v1/decisions/${id}/redeem`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ action, resource }),
    }),
    { params: Promise.resolve({ id }) },
  );
  const { code, state } = (await response.json()) as { code?: string; state?: string };
  return code ?? state ?? '';
}
