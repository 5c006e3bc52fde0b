/** Any decision point that speaks the OpenID AuthZEN Authorization API 1.0. */
import { baseDecision, isRecord, outcomeIn } from './answer';
import type { BaseDecision, BasePolicyInput } from './base-policy';
import type { Dialect } from './dialects';

export const AUTHZEN: Dialect = {
  address: ({ url }) => `${url}/access/v1/evaluation`,
  body: requestOf,
  accessBody: (question) => question,
  read: readAnswer,
};

function requestOf({ agent, tool, resource, ...call }: BasePolicyInput) {
  const { id, ...properties } = agent;
  const { session, endUser, purpose } = call;
  return {
    subject: { type: 'agent', id, properties },
    action: { name: tool.name, properties: { arguments: call.arguments, tool } },
    resource,
    context: { session, endUser, purpose },
  };
}

/**
 * `decision: true` is `allow`. `decision: false` is `deny`, unless `context.outcome` says that a person may approve or carry
 * out the action, as Belay's own answers do. Nothing in `context` makes an answer wider than a `true` without it.
 */
function readAnswer(answer: unknown): BaseDecision | undefined {
  if (!isRecord(answer) || typeof answer['decision'] !== 'boolean') return undefined;
  const context = isRecord(answer['context']) ? answer['context'] : {};
  const named = outcomeIn(context['outcome']);
  const said = context['reasons'] ?? spoken(context['reason_user'] ?? context['reason_admin']);
  if (answer['decision']) return baseDecision(named ?? 'allow', said);
  return baseDecision(named === undefined || named === 'allow' ? 'deny' : named, said);
}

/** AuthZEN's examples give reasons as one text or as a record of texts by language or code. */
function spoken(reason: unknown): unknown {
  return isRecord(reason) && reason['text'] === undefined ? Object.values(reason) : reason;
}
