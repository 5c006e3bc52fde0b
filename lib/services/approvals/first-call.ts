/**
 * The first call of an agent. Whoever registered it holds its key and decides nothing about it while somebody else can, but for this
 * one: it is what somebody tries Belay out with, or a new agent.
 */
import { personBehind, type ConsoleActor } from '@/lib/auth';
import type { Risk } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { partOf, type Party } from '@/lib/decide';
import { partRefusal } from '@/lib/services/parties/part-refusal';
import type { ApprovalRow } from './approval-rows';

type Call = Pick<ApprovalRow, 'id' | 'agentId' | 'risk' | 'verdictsNeeded' | 'trustAtRequest'>;

/** Who decides nothing about a call, and who might only because it is the first of its agent. */
export interface Parted {
  readonly parties: readonly Party[];
  /** Whoever registered the agent: they may decide this call, and let no other through with it. */
  readonly tryingOut: readonly Party[];
}

const TRIED: readonly Risk[] = ['low', 'medium'];

/** Takes whoever registered the agent out of those with a part, where the call is one to try it out with. */
export async function partedForFirst(
  sql: Sql,
  workspaceId: string,
  call: Call,
  parties: readonly Party[],
): Promise<Parted> {
  const tryingOut = parties.filter(({ registered }) => registered === true);
  const { risk, verdictsNeeded, trustAtRequest } = call;
  const isSmall = trustAtRequest.rung === 1 && verdictsNeeded === 1 && TRIED.includes(risk);
  if (tryingOut.length === 0 || !isSmall || (await approvedBefore(sql, workspaceId, call)))
    return { parties, tryingOut: [] };
  return { parties: parties.filter((party) => !tryingOut.includes(party)), tryingOut };
}

/** Of two calls at once only one is the first: asked again behind the lock of the agent's trust. @throws DomainError `own_agent_key` */
export async function requireStillFirst(
  sql: Sql,
  actor: ConsoleActor,
  call: Call & Parted,
): Promise<void> {
  const person = personBehind(actor);
  if (person === null || partOf(call.tryingOut, person) === undefined) return;
  if (!(await approvedBefore(sql, actor.workspaceId, call))) return;
  const refusal = partRefusal(actor, call.tryingOut, 'decide');
  if (refusal !== undefined) throw refusal;
}

/** Why they let no other call through with this one, or nothing for everybody else. */
export const grantPartRefusal = (actor: ConsoleActor, { tryingOut }: Parted) =>
  partRefusal(actor, tryingOut, 'let calls like it through');

async function approvedBefore(
  sql: Sql,
  workspaceId: string,
  { id, agentId }: Call,
): Promise<boolean> {
  const rows = await sql(
    `SELECT 1 FROM approvals WHERE workspace_id = $1 AND agent_id = $2 AND id <> $3 AND (state = 'approved' OR verdicts_given > 0) LIMIT 1`,
    [workspaceId, agentId, id],
  );
  return rows.length > 0;
}
