/** Passing a task on from agent to agent (RFC 8693): who may act for whom, verified link by link. */
import type { AgentActor } from '@/lib/auth';
import { DomainError, MAX_CHAIN_LINKS } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { readSwitches } from '@/lib/decide';

export interface PassOn {
  /** Whoever shows the token, and will act. */
  readonly actor: AgentActor;
  /** Whoever the task comes from, with those behind it. */
  readonly subject: AgentActor;
  /** The one agent that the subject passed it on to; absent: whoever was handed the token. */
  readonly mayAct?: string | undefined;
  /** The tools it is narrowed to now. */
  readonly scope?: readonly string[] | undefined;
}

/**
 * The actor as it may act for the subject. Nothing is written: the chain stands in the ledger with every decision it leads to.
 *
 * @throws DomainError 400 `foreign_subject`, `actor_not_named`, `chain_loop`, `chain_too_deep`, `chain_stopped`, `scope_too_wide`
 */
export async function passOn({ actor, subject, mayAct, scope }: PassOn): Promise<AgentActor> {
  if (actor.workspaceId !== subject.workspaceId)
    throw refused('foreign_subject', 'The subject token is not one of this agent’s workspace.');
  if (mayAct !== undefined && mayAct !== actor.agentId)
    throw refused('actor_not_named', 'The task was passed on to another agent than this one.');
  const chain = [subject.agentId, ...(subject.chain ?? [])];
  if (chain.includes(actor.agentId))
    throw refused('chain_loop', 'The agent stands in the chain already: it cannot act for itself.');
  if (chain.length > MAX_CHAIN_LINKS)
    throw refused(
      'chain_too_deep',
      `At most ${MAX_CHAIN_LINKS} agents may stand behind the one that acts.`,
    );
  const credentials = { ...subject.credentials, ...actor.credentials };
  const narrowed = narrowedTo(subject.scope, actor.scope, scope);
  await requireLinks({ ...actor, chain, credentials });
  return {
    kind: 'agent',
    agentId: actor.agentId,
    workspaceId: actor.workspaceId,
    chain,
    credentials,
    ...(narrowed === undefined ? {} : { scope: narrowed }),
  };
}

/**
 * What is asked for, within what the tokens leave: a token is never widened.
 *
 * @throws DomainError 400 `scope_too_wide`
 */
function narrowedTo(
  ...[subject, actor, asked]: readonly (readonly string[] | undefined)[]
): readonly string[] | undefined {
  const left =
    subject === undefined || actor === undefined
      ? (subject ?? actor)
      : subject.filter((tool) => actor.includes(tool));
  if (asked === undefined) return left;
  const beyond = left === undefined ? undefined : asked.find((tool) => !left.includes(tool));
  if (beyond === undefined) return asked;
  throw new DomainError(
    'malformed',
    'scope_too_wide',
    `The token that is exchanged does not reach as far as "${beyond}".`,
    { oauthError: 'invalid_scope' },
  );
}

interface LinkRow {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly tags: readonly string[];
  readonly gone: string[] | null;
}

/** Everybody in the chain may act now; each decision asks again. */
async function requireLinks(passed: AgentActor): Promise<void> {
  const { workspaceId, agentId, chain = [], credentials = {} } = passed;
  const ids = [agentId, ...chain];
  const [rows, switches] = await Promise.all([
    sql<LinkRow>(
      `SELECT a.id, a.name, a.status, a.tags, (SELECT array_agg(gone.credential) FROM revoked_credentials gone
         WHERE gone.workspace_id = a.workspace_id AND gone.agent_id = a.id) AS gone
       FROM agents a WHERE a.workspace_id = $1 AND a.id = ANY($2::uuid[])`,
      [workspaceId, ids],
    ),
    readSwitches(sql, workspaceId),
  ]);
  const halts = switches.filter(({ mode }) => mode === 'halt');
  for (const id of ids) {
    const link = rows.find((row) => row.id === id);
    const why = link === undefined ? 'is not known here' : whyNot(link, credentials[id], halts);
    if (why !== undefined) throw broken(id, link?.name ?? id, why);
  }
}

function whyNot(
  { id, status, tags, gone }: LinkRow,
  credential: string | undefined,
  halts: readonly { readonly scopeType: string; readonly scopeValue: string | null }[],
): string | undefined {
  if (status !== 'active') return `is ${status}`;
  if (gone?.includes(credential ?? '') === true) return 'signed in with a key that was revoked';
  const halted = halts.some(
    ({ scopeType, scopeValue }) =>
      scopeType === 'workspace' ||
      (scopeType === 'agent' && scopeValue === id) ||
      (scopeType === 'tag' && scopeValue !== null && tags.includes(scopeValue)),
  );
  return halted ? 'is stopped by a kill switch' : undefined;
}

const refused = (code: string, message: string) =>
  new DomainError('malformed', code, message, { oauthError: 'invalid_grant' });

const broken = (agentId: string, name: string, why: string) =>
  new DomainError('malformed', 'chain_stopped', `The agent "${name}" ${why}.`, {
    oauthError: 'invalid_grant',
    facts: { agentId },
  });
