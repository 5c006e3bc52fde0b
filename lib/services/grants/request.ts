import { actorRef } from '@/lib/auth';
import type { AgentCaller } from '@/lib/auth/agents';
import { DomainError, patternOf, type GrantRequestInput, type GrantScope } from '@/lib/contracts';
import { newId, sql as query, withTransaction } from '@/lib/db';
import {
  appendLedger,
  decidedBefore,
  readVerdictRules,
  rememberedFor,
  submitAction,
  type Decided,
  type KeyedRequest,
  type Proposal,
} from '@/lib/decide';
import { redact } from '@/lib/ledger';
import { lockApproval } from '@/lib/services/approvals/lock';
import { requireWithin } from './scope-limits';

/**
 * Asks for calls to run without asking. The first of them is decided as every action is, and what waits for a person then waits with
 * the scope that is wished: one approval, on which a reviewer sees both. Whoever may not decide about the call, or may not give a
 * grant with it, may not here either; see `may-grant.ts`.
 *
 * @param keyed asked again with its key it is the same call and the same request, also after a process died between the two
 * @returns the id of the request
 * @throws DomainError 422 `grants_off`, `grant_over_limit`, `grant_too_wide`, `grant_not_possible`; 409 `grant_not_needed`; those of
 *   `submitAction`
 */
export async function requestGrant(
  caller: AgentCaller,
  proposal: Proposal,
  { scope, reason, action, resource }: GrantRequestInput,
  { now, keyed }: { now: Date; keyed: KeyedRequest | undefined },
): Promise<string> {
  const { workspaceId } = caller;
  requireWithin(scope, await readVerdictRules(query, workspaceId));
  requirePossible(proposal, scope);
  const decided = await decideOnce(workspaceId, proposal, keyed);
  const { approval, outcome, reasons } = decided;
  if (outcome === 'allow')
    throw new DomainError(
      'conflict',
      'grant_not_needed',
      `${action.name} on ${resource.type} runs without a grant as things stand.`,
      { facts: { decision: decided.id } },
    );
  if (approval === undefined)
    throw new DomainError(
      'unprocessable',
      'grant_not_possible',
      `A person cannot approve this call, so nobody can let calls like it run. ${reasons[0]?.text ?? ''}`.trim(),
      { facts: { decision: decided.id, reason: reasons[0]?.code ?? null } },
    );
  return record({ caller, agentId: proposal.agentId, approvalId: approval.id, scope, reason, now });
}

async function decideOnce(
  workspaceId: string,
  proposal: Proposal,
  keyed: KeyedRequest | undefined,
): Promise<Decided> {
  if (keyed === undefined) return submitAction(workspaceId, proposal);
  const known = await rememberedFor(query, keyed);
  if (known?.decisionId) return decidedBefore(query, workspaceId, known.decisionId);
  const { key, sha256 } = keyed;
  return submitAction(workspaceId, { ...proposal, keyed: { key, sha256 } });
}

interface Asked extends Pick<GrantRequestInput, 'scope' | 'reason'> {
  readonly caller: AgentCaller;
  readonly agentId: string;
  readonly approvalId: string;
  readonly now: Date;
}

/** Writes the wish down beside the approval, once. @returns the id of the request */
async function record({ caller, agentId, approvalId, scope, reason, now }: Asked): Promise<string> {
  const { workspaceId } = caller;
  const id = newId();
  return withTransaction(async (sql) => {
    await lockApproval(sql, workspaceId, approvalId);
    const [known] = await sql<{ id: string }>(
      'SELECT id FROM grant_requests WHERE workspace_id = $1 AND approval_id = $2',
      [workspaceId, approvalId],
    );
    if (known !== undefined) return known.id;
    const row = [workspaceId, id, approvalId, agentId, actorRef(caller)] as const;
    await sql(
      `INSERT INTO grant_requests (workspace_id, id, approval_id, agent_id, requested_by, scope, reason, created_at)
       VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, $8)`,
      [...row, JSON.stringify(scope), reason, now],
    );
    const note = {
      kind: 'grant.requested',
      actor: actorRef(caller),
      subject: `approval:${approvalId}`,
      body: redact({ request: id, agent: agentId, scope, reason }),
    };
    const changed = { type: 'approval.changed' as const, agentId, subjectId: approvalId };
    await appendLedger(sql, workspaceId, [note], [changed], now.getTime());
    return id;
  });
}

/** What can never vary is said before anybody is asked. */
function requirePossible({ arguments: given, resource }: Proposal, { vary }: GrantScope): void {
  const call = { arguments: given, resource } as Parameters<typeof patternOf>[0];
  const { impossible } = patternOf(call, vary);
  if (impossible.length === 0) return;
  throw new DomainError(
    'unprocessable',
    'grant_too_wide',
    `These values have to stay as they are: ${impossible.join(', ')}.`,
    { errors: impossible.map((path) => ({ path, message: 'has to stay as it is' })) },
  );
}
