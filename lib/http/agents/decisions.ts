/** What an agent does with a decision after it: wait, redeem, report. */
import { hasPermission, requirePermission } from '@/lib/auth';
import {
  actorRef,
  anyProgram,
  ownAgent,
  requireActiveAgent,
  signPermit,
  type AgentCaller,
  type BodyReader,
} from '@/lib/auth/agents';
import { activeCaller } from './active-caller';
import { isUuid } from '@/lib/db';
import {
  answerRequestSchema,
  changesBetween,
  DomainError,
  MAX_AGENT_BODY_BYTES,
  notFound,
  outcomeRequestSchema,
  redeemRequestSchema,
  waitQuerySchema,
  type DecisionStatus,
} from '@/lib/contracts';
import {
  readDecisionStatus,
  redeemPermit,
  reportOutcome,
  untilSettled,
  type StatusRow,
} from '@/lib/decide';
import { handle } from '@/lib/http';
import { once } from '@/lib/http/idempotent';
import { askedAction } from './asked-action';
import { takePlace } from '@/lib/http/places';
import { answerAsAgent } from '@/lib/services/approvals/queue/ask';
import { approvalRef } from './decision-answer';

/** An answer has up to 4,000 characters, each at most six bytes as JSON. */
const MAX_ANSWER_BYTES = 32 * 1024;

/** The permit is for whoever acts with it: the agent, or a gateway that speaks for it. Nobody else ever sees one. */
const mayHoldPermit = (caller: AgentCaller): boolean =>
  caller.kind === 'agent' || hasPermission(caller.role, 'agents.speak');

/** Those who may hold the permit, and every key that may read the workspace. */
async function statusReader(request: Request, body: BodyReader): Promise<AgentCaller> {
  const caller = await anyProgram(request, body);
  if (caller.kind === 'key' && !mayHoldPermit(caller)) requirePermission(caller, 'workspace.read');
  await requireActiveAgent(caller);
  return caller;
}

/** An id that cannot be one of ours belongs to no decision. */
function decisionId(params: Readonly<Record<string, string>>): string {
  const id = params['id'] ?? '';
  if (!isUuid(id)) throw notFound('decision');
  return id;
}

/** A token that was narrowed to other tools gets no permit of this one. @throws DomainError `not_found`, `token_too_narrow` */
async function readDecision(who: AgentCaller, id: string, at: Date): Promise<StatusRow> {
  const row = await readDecisionStatus(who.workspaceId, ownAgent(who), id, at);
  if (who.kind === 'agent' && who.scope?.includes(row.tool) === false)
    throw new DomainError(
      'forbidden',
      'token_too_narrow',
      `The token was narrowed to other tools than "${row.tool}". Ask with one that has this tool in its scope.`,
    );
  return row;
}

/** GET /api/v1/decisions/:id?wait=25 */
export const decisionStatusHandler = handle(
  { auth: statusReader, query: waitQuerySchema },
  async ({ who, params, query, request, now }) => {
    const id = decisionId(params);
    const read = (at: Date) => readDecision(who, id, at);
    const first = await read(now);
    if (first.state !== 'pending' || query.wait === 0) return statusOf(who, first);
    const leave = takePlace('waits', actorRef(who));
    await untilSettled(who.workspaceId, id, query.wait, request.signal).finally(leave);
    return statusOf(who, await read(new Date()));
  },
);

/** POST /api/v1/decisions/:id/redeem */
export const redeemHandler = handle(
  { auth: activeCaller, body: redeemRequestSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES },
  ({ who, params, body, now, request }) =>
    once({ request, actor: who, body, now }, async () => {
      const id = decisionId(params);
      const { agentId } = await readDecision(who, id, now);
      const { redeemedAt } = await redeemPermit({
        workspaceId: who.workspaceId,
        agentId,
        decisionId: id,
        actor: actorRef(who),
        ...askedAction(body),
        now: now.getTime(),
      });
      return { id, state: 'redeemed', redeemedAt: new Date(redeemedAt).toISOString() };
    }),
);

/** POST /api/v1/decisions/:id/outcome */
export const outcomeHandler = handle(
  { auth: activeCaller, body: outcomeRequestSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES * 2 },
  async ({ who, params, body, now }) => {
    const id = decisionId(params);
    const { agentId } = await readDecision(who, id, now);
    const { outputTruncated } = await reportOutcome({
      ...body,
      workspaceId: who.workspaceId,
      agentId,
      decisionId: id,
      actor: actorRef(who),
      now: now.getTime(),
    });
    return { id, recorded: true, outputTruncated };
  },
);

/** POST /api/v1/decisions/:id/answer */
export const answerHandler = handle(
  { auth: activeCaller, body: answerRequestSchema, maxBodyBytes: MAX_ANSWER_BYTES },
  async ({ who, params, body, now }) => {
    const id = decisionId(params);
    const agentId = ownAgent(who);
    const { workspaceId } = who;
    await answerAsAgent({ workspaceId, agentId, decisionId: id, actor: who, now }, body.body);
    return { id, answered: true as const };
  },
);

async function statusOf(who: AgentCaller, row: StatusRow): Promise<DecisionStatus> {
  const { id, outcome, state, agentId, digest } = row;
  return {
    id,
    outcome,
    state,
    reasons: row.reasons.map(({ source, ...reason }) => ({
      ...reason,
      ...(source === undefined ? {} : { source: { ...source } }),
    })),
    ...(row.approvalId === null || row.approvalExpiresAt === null
      ? {}
      : {
          approval: await approvalRef(
            who.workspaceId,
            row.approvalId,
            row.approvalExpiresAt.getTime(),
          ),
        }),
    ...questionOf(state, row),
    ...(row.permitId === null ||
    row.permitExpiresAt === null ||
    !mayHoldPermit(who) ||
    (state !== 'final' && state !== 'approved')
      ? {}
      : {
          permit: {
            ...(await signPermit({
              permitId: row.permitId,
              decisionId: id,
              agentId,
              digest,
              expiresAt: row.permitExpiresAt.getTime(),
            })),
            session: row.sessionId,
            policyVersion: String(row.policyVersion),
          },
        }),
    ...(state === 'approved' || state === 'rejected' || state === 'redeemed' ? verdictOf(row) : {}),
  };
}

/** What a reviewer asks while they can still be answered. */
function questionOf(
  state: DecisionStatus['state'],
  { question, askedAt }: StatusRow,
): Pick<DecisionStatus, 'question'> {
  if (state !== 'pending' || question === null || askedAt === null) return {};
  return { question: { text: question, askedAt: askedAt.toISOString() } };
}

function verdictOf({ rejectReason, comment, ...row }: StatusRow): Pick<DecisionStatus, 'verdict'> {
  const verdict = {
    ...(rejectReason === null ? {} : { reason: rejectReason }),
    ...(comment === null ? {} : { comment }),
    ...editOf(row),
  };
  return Object.keys(verdict).length === 0 ? {} : { verdict };
}

/** What the reviewer changed. */
function editOf({
  editedArguments: edited,
  sentArguments: sent,
}: Pick<StatusRow, 'editedArguments' | 'sentArguments'>): Pick<
  NonNullable<DecisionStatus['verdict']>,
  'edit'
> {
  if (edited === null || sent === null) return {};
  return { edit: { arguments: edited, changes: changesBetween(sent, edited) } };
}
