/** What tests of services begin with: a workspace with a person of every role, agents, tools and actions that wait. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import type { KeyActor, PersonActor } from '@/lib/auth';
import { findApiKey } from '@/lib/auth/api-key';
import {
  agentInputSchema,
  PERSON_ROLES,
  publicJwkSchema,
  toolInputSchema,
  type AgentDetail,
  type AgentInput,
  type KeyRole,
  type PersonRole,
  type PublicJwk,
  type ToolInput,
} from '@/lib/contracts';
import { newId, sql, withTransaction } from '@/lib/db';
import { committer, submitAction, type Proposal } from '@/lib/decide';
import { registerAgent } from '@/lib/services/agents/register';
import { createApiKey, createApiKeyByCommand } from '@/lib/services/api-keys/create';
import type { ServiceContext } from '@/lib/services/context';
import { createOverride } from '@/lib/services/overrides/create';
import { putTool } from '@/lib/services/tools/put';
import { createWorkspace } from '@/lib/services/workspace/create';

export interface TestWorkspace {
  readonly id: string;
  readonly slug: string;
  /** A context as the person of a role, at `now`. */
  readonly as: (role: PersonRole, now?: Date) => ServiceContext & { actor: PersonActor };
}

export async function makeWorkspace(kind: 'own' | 'demo' = 'own'): Promise<TestWorkspace> {
  const slug = `w-${randomUUID().slice(0, 8)}`;
  const now = new Date();
  const id = await withTransaction((run) => createWorkspace(run, { slug, name: slug, kind }, now));
  const people = new Map<PersonRole, PersonActor>();
  for (const role of PERSON_ROLES) people.set(role, await makePerson(id, role));
  return {
    id,
    slug,
    as: (role, at = new Date()) => {
      const actor = people.get(role);
      if (actor === undefined) throw new Error(`nobody has the role ${role}`);
      return { actor, now: at };
    },
  };
}

/** A member of the workspace, without a password, who signed in just now. */
export async function makePerson(
  workspaceId: string,
  role: PersonRole,
  name = `The ${role}`,
): Promise<PersonActor> {
  const personId = newId();
  const email = `${role}-${personId}@example.org`;
  const now = new Date();
  await sql('INSERT INTO people (id, email, name, created_at) VALUES ($1, $2, $3, $4)', [
    personId,
    email,
    name,
    now,
  ]);
  await sql(
    'INSERT INTO memberships (workspace_id, person_id, role, created_at) VALUES ($1, $2, $3, $4)',
    [workspaceId, personId, role, now],
  );
  return { kind: 'person', personId, name, email, role, workspaceId, signedInAt: now };
}

export async function makeKeyContext(
  workspace: TestWorkspace,
  role: KeyRole,
): Promise<ServiceContext & { actor: KeyActor; key: string }> {
  const name = `${role} key`;
  const key = await createApiKeyByCommand(
    { name, role, workspaceSlug: workspace.slug },
    new Date(),
  );
  const [row] = await sql<{ id: string }>(
    'SELECT id FROM api_keys WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1',
    [workspace.id],
  );
  const keyId = row?.id ?? '';
  const actor: KeyActor = {
    kind: 'key',
    keyId,
    name,
    role,
    workspaceId: workspace.id,
    author: null,
  };
  return { actor, now: new Date(), key };
}

/** A key made by whoever `maker` is, used once: who the request comes from is asked as every call asks it. */
export async function makeKeyBy(
  maker: ServiceContext,
  role: KeyRole,
  expiresAt?: Date,
): Promise<ServiceContext & { actor: KeyActor; key: string }> {
  const input = { name: `${role} key`, role, expiresAt: expiresAt?.toISOString() };
  const { key } = await createApiKey(maker, input);
  return { ...(await keyContext(key)), key };
}

/** @throws DomainError when the key is refused; Error when it is unknown, revoked or expired */
export async function keyContext(key: string): Promise<ServiceContext & { actor: KeyActor }> {
  const now = new Date();
  const found = await findApiKey(key, now);
  if (found === undefined) throw new Error('this key is unknown, revoked or expired');
  return { actor: found.actor, now };
}

export function newPublicKey(): PublicJwk {
  return publicJwkSchema.parse(generateKeyPairSync('ed25519').publicKey.export({ format: 'jwk' }));
}

export function agentInput(changes: Partial<AgentInput> = {}): AgentInput {
  return agentInputSchema.parse({
    name: 'CRM agent',
    version: '1.0.0',
    owner: 'owner@example.org',
    purpose: 'Keeps customer records correct.',
    publicKey: newPublicKey(),
    pact: { tools: ['*'] },
    ...changes,
  });
}

export function makeAgent(
  workspace: TestWorkspace,
  changes: Partial<AgentInput> = {},
): Promise<AgentDetail> {
  return registerAgent(workspace.as('manager'), agentInput(changes));
}

/** A key of the command line that no table knows: nobody is behind it, so nobody has a part in what it does. */
export const nobody = ({ id: workspaceId }: TestWorkspace): ServiceContext => ({
  actor: { kind: 'key', keyId: newId(), name: 'Fixture', role: 'admin', workspaceId, author: null },
  now: new Date(),
});

/** A tool with a side effect of medium risk: an agent on rung 3 needs an approval for it. */
export function makeWriteTool(workspace: TestWorkspace, name = 'crm.update'): Promise<unknown> {
  return putTool(
    workspace.as('manager'),
    toolInputSchema.parse({
      name,
      sideEffect: 'write',
      reversible: true,
      egress: false,
      dataClass: 'internal',
      risk: 'medium',
    }),
  );
}

/** An agent whose rung is pinned to 3, so that what it writes waits for a person. */
export async function makeAskingAgent(
  workspace: TestWorkspace,
  changes: Partial<AgentInput> = {},
): Promise<AgentDetail> {
  const agent = await makeAgent(workspace, changes);
  await makeWriteTool(workspace);
  const until = new Date(Date.now() + 86_400_000).toISOString();
  return createOverride(nobody(workspace), agent.id, {
    rung: 3,
    until,
    reason: 'For a test',
  });
}

/** The agent asks for a write, through the real committer. @returns the id of the approval that waits */
export async function askForApproval(
  workspace: TestWorkspace,
  agentId: string,
  args: Record<string, unknown> = { id: 'c-1', name: 'Ada' },
): Promise<{ approvalId: string; decisionId: string; digest: string }> {
  const decided = await committer().submit(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    tool: 'crm.update',
    arguments: args,
    resource: { type: 'customer', id: 'c-1' },
    sessionId: undefined,
    endUser: undefined,
  });
  const [row] = await sql<{ id: string; decision_id: string; digest: string }>(
    'SELECT id, decision_id, digest FROM approvals WHERE workspace_id = $1 ORDER BY id DESC LIMIT 1',
    [workspace.id],
  );
  if (row === undefined)
    throw new Error(`nothing waits: the outcome was ${JSON.stringify(decided)}`);
  return { approvalId: row.id, decisionId: row.decision_id, digest: row.digest };
}

/** The agent asks for a write, as agents do. @returns what was decided */
export function askToWrite(
  workspace: TestWorkspace,
  agentId: string,
  changes: Partial<Proposal> = {},
) {
  return submitAction(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    tool: 'crm.update',
    arguments: { id: 'c-1' },
    resource: { type: 'customer', id: 'c-1' },
    sessionId: undefined,
    endUser: undefined,
    ...changes,
  });
}

/** An agent that somebody vouches for up to rung 4, with a tool it may use alone. */
export async function makeTrustedAgent(
  workspace: TestWorkspace,
  changes: Partial<AgentInput> = {},
): Promise<AgentDetail> {
  const agent = await makeAgent(workspace, changes);
  await makeTool(workspace, 'note.add', { sideEffect: 'write' });
  const until = new Date(Date.now() + 86_400_000).toISOString();
  return createOverride(nobody(workspace), agent.id, {
    rung: 4,
    until,
    reason: 'For a test',
  });
}

/** A call that the agent makes alone. @returns the id of the decision */
export async function actAlone(
  workspace: TestWorkspace,
  agentId: string,
  args: Record<string, unknown> = { text: 'Called back' },
): Promise<string> {
  const decided = await committer().submit(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    tool: 'note.add',
    arguments: args,
    resource: { type: 'customer', id: 'c-1' },
    sessionId: undefined,
    endUser: undefined,
  });
  if (decided instanceof Error || decided.outcome !== 'allow')
    throw new Error(`it was not allowed: ${JSON.stringify(decided)}`);
  return decided.id;
}

/** A tool of low risk on which an agent of rung 4 acts alone; a read unless told. */
export function makeTool(
  workspace: TestWorkspace,
  name: string,
  facts: Partial<ToolInput> = {},
): Promise<unknown> {
  return putTool(workspace.as('manager'), {
    name,
    sideEffect: 'none',
    reversible: true,
    egress: false,
    dataClass: 'internal',
    untrustedOutput: false,
    risk: 'low',
    tags: [],
    ...facts,
  });
}

export async function ledgerKinds(workspaceId: string): Promise<string[]> {
  const rows = await sql<{ kind: string }>(
    'SELECT kind FROM ledger_entries WHERE workspace_id = $1 ORDER BY seq',
    [workspaceId],
  );
  return rows.map(({ kind }) => kind);
}
