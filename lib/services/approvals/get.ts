import { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import {
  argumentOriginSchema,
  UNKNOWN_TOOL,
  type ApprovalDetail,
  type DomainError,
} from '@/lib/contracts';
import { sql } from '@/lib/db';
import { readEnding } from '@/lib/services/canaries/judge';
import { readVerdictRules } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { selectBoundedDecisions } from '@/lib/services/decisions/bounded';
import { serializeDecision } from '@/lib/services/decisions/serialize';
import { LISTED } from '@/lib/services/decisions/listed';
import { grantAskedWith } from '@/lib/services/grants/request-rows';
import { mayGrant } from '@/lib/services/grants/may-grant';
import { requireId } from '@/lib/services/ids';
import { isoOrNull } from '@/lib/services/instants';
import { readSources } from '@/lib/services/reads/source-reads';
import { outsideArguments, spansOfArguments } from '@/lib/services/reads/spans';
import { mayApprove } from './approvable';
import { serializeApproval, type ApprovalRow } from './approval-rows';
import { grantPartRefusal } from './first-call';
import { newestComments, openQuestion } from './comments';
import { readApproval } from './lock';
import { mayDecide } from './may-decide';
import { personNeeded } from './programs';
import { queueFacts } from './queue/queue-facts';
import { selectSessions } from './asked-sessions';
import { selectTimeline } from './session-timeline';
import { sinceSimilar } from './since-similar';

const LAST_OF_KIND = 8;
/** Bytes of what agents wrote: these are beside the call, and come with each. */
const LAST_OF_KIND_BYTES = 64_000;

/** Everything a reviewer needs to decide. @throws DomainError `not_found` */
export async function getApproval(context: ServiceContext, id: string): Promise<ApprovalDetail> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.read');
  const row = await readApproval(sql, actor.workspaceId, requireId(id, 'approval'));
  const [call, comments, question, inQueue, canary, rules, approvable, needed, use, asked] =
    await Promise.all([
      readCall(actor.workspaceId, row, now),
      newestComments(actor.workspaceId, row.id),
      openQuestion(actor.workspaceId, row),
      queueFacts(context, [row]),
      row.state === 'cancelled' ? readEnding(sql, actor.workspaceId, row.id) : null,
      readVerdictRules(sql, actor.workspaceId),
      mayApprove(context, row),
      personNeeded(sql, actor, row),
      row.state === 'approved' ? selectUse(actor.workspaceId, row) : undefined,
      grantAskedWith(sql, actor.workspaceId, row.id),
    ]);
  return {
    ...serializeApproval(row, now),
    ...inQueue(row),
    ...call,
    ...comments,
    openQuestion: question,
    effect: effectOf(row),
    ...(use === undefined ? {} : { use }),
    ...(canary === null ? {} : { canary }),
    ...(asked === undefined ? {} : { grantRequest: asked }),
    mayGrant: besides(grantPartRefusal(actor, row), mayGrant(row, call.tool, rules)),
    mayDecide: mayDecide(actor, row, now, needed),
    mayApprove: approvable,
  };
}

/** What a person needs around a call to judge it, whether it waits or ran. The caller has checked who asks. */
export async function readCall(workspaceId: string, row: ApprovalRow, now: Date) {
  const spans = spansOfArguments(outsideArguments(row.provenance));
  const [[session = null], tool, lastOfKind, sources, timeline] = await Promise.all([
    selectSessions(workspaceId, [row]),
    selectTool(workspaceId, row.tool),
    selectLastOfKind(workspaceId, row, now),
    readSources(workspaceId, row.sessionId, spans),
    selectTimeline(workspaceId, row, now),
  ]);
  return {
    session,
    tool,
    provenance: originsOf(row.provenance),
    sources,
    trustAtRequest: row.trustAtRequest,
    lastOfKind,
    sinceSimilar: await sinceSimilar(workspaceId, row, lastOfKind, now),
    timeline,
  };
}

const besides = (
  refusal: DomainError | undefined,
  answer: ApprovalDetail['mayGrant'],
): ApprovalDetail['mayGrant'] =>
  refusal === undefined ? answer : { ...answer, allowed: false, why: refusal.message, fixed: [] };

const provenanceSchema = z.object({ arguments: z.array(argumentOriginSchema) });

/** What is stored beside the decision, as far as it is what we send. */
function originsOf(stored: unknown): ApprovalDetail['provenance'] {
  const parsed = provenanceSchema.safeParse(stored);
  return parsed.success ? parsed.data.arguments : [];
}

function effectOf({ trustBefore, trustAfter }: ApprovalRow): ApprovalDetail['effect'] {
  if (trustBefore === null || trustAfter === null) return null;
  const { score, rung, texts } = trustAfter;
  return { before: trustBefore, after: { score, rung }, texts };
}

/** A permit that was taken back with an earlier verdict is none of this one. */
async function selectUse(
  workspaceId: string,
  { decisionId }: ApprovalRow,
): Promise<ApprovalDetail['use']> {
  const [row] = await sql<{
    redeemedAt: Date | null;
    reported: 'succeeded' | 'failed' | null;
    reportedAt: Date | null;
  }>(
    `SELECT d.execution_status AS reported, d.executed_at AS "reportedAt",
       (SELECT max(p.redeemed_at) FROM permits p WHERE p.workspace_id = $1 AND p.decision_id = $2 AND p.undone = 0) AS "redeemedAt"
     FROM decisions d WHERE d.workspace_id = $1 AND d.id = $2`,
    [workspaceId, decisionId],
  );
  if (row === undefined) return undefined;
  const { redeemedAt, reported, reportedAt } = row;
  return { redeemedAt: isoOrNull(redeemedAt), reported, reportedAt: isoOrNull(reportedAt) };
}

async function selectTool(workspaceId: string, name: string): Promise<ApprovalDetail['tool']> {
  const [row] = await sql<ApprovalDetail['tool']>(
    `SELECT name, description, side_effect AS "sideEffect", reversible, egress, data_class AS "dataClass", true AS known
     FROM tools WHERE workspace_id = $1 AND name = $2`,
    [workspaceId, name],
  );
  if (row !== undefined) return row;
  const { sideEffect, reversible, egress, dataClass } = UNKNOWN_TOOL;
  return { name, description: null, sideEffect, reversible, egress, dataClass, known: false };
}

async function selectLastOfKind(
  workspaceId: string,
  approval: ApprovalRow,
  now: Date,
): Promise<ApprovalDetail['lastOfKind']> {
  const { rows } = await selectBoundedDecisions(
    {
      where: `d.workspace_id = $1 AND d.agent_id = $2 AND d.tool = $3 AND d.id < $4 AND ${LISTED('d')}`,
      values: [workspaceId, approval.agentId, approval.tool, approval.decisionId],
      limit: LAST_OF_KIND,
    },
    LAST_OF_KIND_BYTES,
  );
  return rows.map((item) => serializeDecision(item, now));
}
