/** POST /access/v1/evaluation and /access/v1/evaluations: OpenID AuthZEN 1.0 */
import { agentCaller } from '@/lib/auth/agents';
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
import { sql } from '@/lib/db';
import { rememberedFor } from '@/lib/decide';
import { handle } from '@/lib/http';
import { keyedRequest } from '@/lib/http/idempotent';
import { answerAgain, evaluate } from './evaluation-answer';
import { withDefaults } from './evaluation-defaults';

export const evaluationHandler = handle(
  { auth: agentCaller, body: evaluationRequestSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES },
  async ({ who, body, requestId, request, now }) => {
    const chain = who.kind === 'agent' ? who.chain : undefined;
    // The same words for somebody else are another request.
    const asked = chain === undefined ? body : { body, chain };
    const keyed = keyedRequest({ request, actor: who, body: asked });
    const known = keyed && (await rememberedFor(sql, keyed));
    return known === undefined
      ? evaluate(who, body, { requestId, keyed })
      : answerAgain(who, body, { known, now });
  },
);

export const evaluationsHandler = handle(
  { auth: agentCaller, body: evaluationsRequestSchema, maxBodyBytes: MAX_AGENT_BODY_BYTES * 4 },
  async ({ who, body, requestId }) => {
    const { evaluations = [], options } = body;
    if (evaluations.length === 0) return evaluate(who, requireWhole(body), { requestId });
    const semantic = options?.evaluations_semantic ?? 'execute_all';
    const decide = (item: unknown) =>
      orError(() => evaluate(who, requireWhole(withDefaults(body, item)), { requestId }));
    return { evaluations: await SEMANTICS[semantic](decide, evaluations) };
  },
);

type Answer = EvaluationResponse | SubjectAnswer;
type Decide = (item: unknown) => Promise<Answer>;
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
  for (const item of items) {
    const answer = await decide(item);
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
