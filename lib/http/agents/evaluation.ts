/** POST /access/v1/evaluation and /access/v1/evaluations: OpenID AuthZEN 1.0 */
import { agentCaller, type AgentCaller } from '@/lib/auth/agents';
import {
  DomainError,
  DOMAIN_ERROR_KINDS,
  evaluationRequestSchema,
  evaluationsRequestSchema,
  MAX_AGENT_BODY_BYTES,
  type EvaluationRequest,
  type EvaluationResponse,
  type EvaluationsRequest,
  type SubjectAnswer,
} from '@/lib/contracts';
import type { KeyedRequest } from '@/lib/decide';
import { handle } from '@/lib/http';
import { keyedItem, keyedRequest, whatCameOf } from '@/lib/http/idempotent';
import { answerAgain, evaluate } from './evaluation-answer';
import { withDefaults } from './evaluation-defaults';

export const evaluationHandler = handle(
  { auth: agentCaller, body: evaluationRequestSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES },
  async ({ who, body, requestId, request, now }) => {
    const keyed = keyedRequest({ request, actor: who, body: askedBy(who, body) });
    return evaluateOnce(who, body, { requestId, keyed, now });
  },
);

/** What a key stands for: the same words for somebody else, or with a narrower token, are another request. */
function askedBy(who: AgentCaller, body: unknown): unknown {
  const { chain, scope } = who.kind === 'agent' ? who : {};
  if (chain === undefined && scope === undefined) return body;
  return { body, chain, ...(scope === undefined ? {} : { scope }) };
}

/**
 * Decides, or answers as it was decided when the key was used before: whoever decides finds out whether it is free.
 */
async function evaluateOnce(
  who: AgentCaller,
  body: EvaluationRequest,
  { requestId, keyed, now }: { requestId: string; keyed: KeyedRequest | undefined; now: Date },
): Promise<Answer> {
  try {
    return await evaluate(who, body, { requestId, keyed });
  } catch (error) {
    const known = await whatCameOf(keyed, error);
    return answerAgain(who, body, { known, now });
  }
}

export const evaluationsHandler = handle(
  { auth: agentCaller, body: evaluationsRequestSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES * 4 },
  async ({ who, body, requestId, request, now }) => {
    const { evaluations = [], options } = body;
    if (evaluations.length === 0) {
      const keyed = keyedRequest({ request, actor: who, body: askedBy(who, body) });
      return evaluateOnce(who, requireWhole(body), { requestId, keyed, now });
    }
    // Refused before anything is decided when it is no key.
    keyedRequest({ request, actor: who, body });
    const semantic = options?.evaluations_semantic ?? 'execute_all';
    const decide = (item: unknown, index: number) =>
      orError(async () => {
        const whole = requireWhole(withDefaults(body, item));
        const alone = { path: '/access/v1/evaluation', body: askedBy(who, whole) };
        const keyed = keyedItem({ request, actor: who, body }, index, alone);
        return evaluateOnce(who, whole, { requestId, keyed, now });
      });
    return { evaluations: await SEMANTICS[semantic](decide, evaluations) };
  },
);

type Answer = EvaluationResponse | SubjectAnswer;
type Decide = (item: unknown, index: number) => Promise<Answer>;
type Semantic = NonNullable<NonNullable<EvaluationsRequest['options']>['evaluations_semantic']>;

/** How far to go: all of them in order, or up to the first answer that settles the whole. */
const SEMANTICS: Record<
  Semantic,
  (decide: Decide, items: readonly unknown[]) => Promise<Answer[]>
> = {
  execute_all: (decide, items) => Promise.all(items.map(decide)),
  deny_on_first_deny: (decide, items) => untilDecision(decide, items, false),
  permit_on_first_permit: (decide, items) => untilDecision(decide, items, true),
};

async function untilDecision(
  decide: Decide,
  items: readonly unknown[],
  last: boolean,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const [index, item] of items.entries()) {
    const answer = await decide(item, index);
    answers.push(answer);
    if (answer.decision === last) break;
  }
  return answers;
}

/** What is wrong with one of several is its own deny; the others are answered. What is wrong with Belay is wrong for all. */
async function orError(decide: () => Promise<Answer>): Promise<Answer> {
  try {
    return await decide();
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const { kind, code, message } = error;
    return {
      decision: false,
      context: { error: { status: DOMAIN_ERROR_KINDS[kind], code, message } },
    };
  }
}

/** An evaluation with what it inherits must be whole. */
function requireWhole(request: unknown): EvaluationRequest {
  const parsed = evaluationRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.map((issue) => ({
    path: issue.path.join('.'),
    message: issue.message,
  }));
  const [first] = errors;
  throw new DomainError(
    'malformed',
    'malformed_body',
    first === undefined || first.path === ''
      ? 'An evaluation lacks its subject, action or resource.'
      : `An evaluation is not whole: "${first.path}": ${first.message}.`,
    { errors },
  );
}
