/** POST /access/v1/evaluation and /access/v1/evaluations: OpenID AuthZEN 1.0 */
import { agentCaller, type AgentCaller } from '@/lib/auth/agents';
import {
  DomainError,
  evaluationRequestSchema,
  evaluationsRequestSchema,
  MAX_AGENT_BODY_BYTES,
  type EvaluationRequest,
  type EvaluationResponse,
} from '@/lib/contracts';
import { sql } from '@/lib/db';
import { rememberedFor, type KeyedRequest } from '@/lib/decide';
import { handle } from '@/lib/http';
import { keyedItem, keyedRequest } from '@/lib/http/idempotent';
import { answerAgain, evaluate } from './evaluation-answer';
import type { z } from 'zod';

export const evaluationHandler = handle(
  { auth: agentCaller, body: evaluationRequestSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES },
  async ({ who, body, requestId, request, now }) => {
    const keyed = keyedRequest({ request, actor: who, body });
    return evaluateOnce(who, body, { requestId, keyed, now });
  },
);

/** Decides, or answers as it was decided when the key was used before. */
async function evaluateOnce(
  who: AgentCaller,
  body: EvaluationRequest,
  { requestId, keyed, now }: { requestId: string; keyed: KeyedRequest | undefined; now: Date },
): Promise<EvaluationResponse> {
  const known = keyed && (await rememberedFor(sql, keyed));
  return known === undefined
    ? evaluate(who, body, { requestId, keyed })
    : answerAgain(who, body, { known, now });
}

export const evaluationsHandler = handle(
  { auth: agentCaller, body: evaluationsRequestSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES * 4 },
  async ({ who, body, requestId, request, now }) => {
    const { evaluations = [] } = body;
    if (evaluations.length === 0) {
      const keyed = keyedRequest({ request, actor: who, body });
      return evaluateOnce(who, requireWhole(body), { requestId, keyed, now });
    }
    const semantic = body.options?.evaluations_semantic ?? 'execute_all';
    const wholes = evaluations.map((item) => requireWhole({ ...defaultsOf(body), ...item }));
    return {
      evaluations: await SEMANTICS[semantic]((whole, index) => {
        const alone = { path: '/access/v1/evaluation', body: whole };
        const keyed = keyedItem({ request, actor: who, body }, index, alone);
        return evaluateOnce(who, whole, { requestId, keyed, now });
      }, wholes),
    };
  },
);

type EvaluationsRequest = z.infer<typeof evaluationsRequestSchema>;
type Evaluate = (request: EvaluationRequest, index: number) => ReturnType<typeof evaluate>;
type Semantic = NonNullable<NonNullable<EvaluationsRequest['options']>['evaluations_semantic']>;

/** How far to go: all of them in order, or up to the first answer that settles the whole. */
const SEMANTICS: Record<
  Semantic,
  (decide: Evaluate, requests: EvaluationRequest[]) => Promise<EvaluationResponse[]>
> = {
  execute_all: (decide, requests) => Promise.all(requests.map(decide)),
  deny_on_first_deny: (decide, requests) => untilDecision(decide, requests, false),
  permit_on_first_permit: (decide, requests) => untilDecision(decide, requests, true),
};

async function untilDecision(
  decide: Evaluate,
  requests: EvaluationRequest[],
  last: boolean,
): Promise<EvaluationResponse[]> {
  const answers: EvaluationResponse[] = [];
  for (const [index, request] of requests.entries()) {
    const answer = await decide(request, index);
    answers.push(answer);
    if (answer.decision === last) break;
  }
  return answers;
}

function defaultsOf({ subject, action, resource, context }: EvaluationsRequest) {
  return { subject, action, resource, context };
}

/** An evaluation with what it inherits must be whole. */
function requireWhole(request: unknown): EvaluationRequest {
  const parsed = evaluationRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  throw new DomainError(
    'malformed',
    'malformed_body',
    'An evaluation lacks its subject, action or resource.',
    { errors },
  );
}
