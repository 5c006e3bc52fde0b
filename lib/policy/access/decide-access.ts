/**
 * Asks an access model one question. What a request says of a subject, a resource or an action counts beside what the model knows
 * of them, and before it where both say something: the enforcement point stands before the resource, and AuthZEN has its word
 * believed. In rules, properties of the subject and the resource are their attributes; those of the action are
 * `context.action`, and the context of the request is `context.request`.
 */
import { statefulIsAuthorized, type CedarValueJson, type EntityJson } from '../cedar';
import { preparedName } from '../prepared-sets';
import type { Reason } from '../reason';
import { ruleReason } from '../rule-reasons';
import { ACTION, uidKey, type CompiledAccess } from './model';
import type { AccessAnswer, AccessEntityRef, AccessQuestion } from './question';
import { toldValues, type Told } from './told-values';

/** What Cedar takes for the name of a type. No other type can be known to a model. */
const TYPE = /^[A-Za-z_]\w*(::[A-Za-z_]\w*)*$/;
const RESERVED = /(^|::)(true|false|if|then|else|in|is|like|has|__cedar)(::|$)/;

const isType = (type: string) => TYPE.test(type) && !RESERVED.test(type);

const SILENT: AccessAnswer = { permitted: false, reasons: [] };

export function decideAccess(model: CompiledAccess, question: AccessQuestion): AccessAnswer {
  const { subject, action, resource, context } = question;
  if (!isType(subject.type) || !isType(resource.type)) return SILENT;
  const told = {
    subject: toldValues(subject.properties),
    resource: toldValues(resource.properties),
    action: toldValues(action.properties),
    request: toldValues(context),
  };
  const hidden = Object.values(told)
    .flatMap((part: Told) => part.hidden)
    .find((path) => readsAny(model, path));
  if (hidden !== undefined) return refused(unreadable(hidden));
  const principal = { type: subject.type, id: subject.id };
  const target = { type: resource.type, id: resource.id };
  const answer = statefulIsAuthorized({
    principal,
    action: { type: ACTION, id: action.name },
    resource: target,
    context: { action: told.action.values, request: told.request.values },
    preparsedPolicySetId: preparedName(model),
    entities: entitiesFor(model, [
      [principal, told.subject.values],
      [target, told.resource.values],
      [{ type: ACTION, id: action.name }, {}],
    ]),
  });
  if (answer.type === 'failure') return refused(NOT_DECIDABLE);
  const { decision, diagnostics } = answer.response;
  const effect = (id: string) => model.rules.get(id)?.effect;
  const failed = diagnostics.errors.map(({ policyId }) => policyId).toSorted();
  const failedForbid = failed.find((id) => effect(id) !== 'permit');
  if (failedForbid !== undefined) return refused(forbidFailed(failedForbid));
  if (decision === 'allow') return { permitted: true, reasons: [] };
  const forbids = diagnostics.reason
    .toSorted()
    .flatMap((id) => (effect(id) === 'forbid' ? (model.rules.get(id) ?? []) : []));
  return { permitted: false, reasons: forbids.map(ruleReason) };
}

const refused = (reason: Reason): AccessAnswer => ({ permitted: false, reasons: [reason] });

const NOT_DECIDABLE: Reason = {
  code: 'access.not_decidable',
  text: 'The access model could not be asked about this, so it is denied.',
  source: { type: 'error' },
};

const forbidFailed = (id: string): Reason => ({
  code: 'access.forbid_failed',
  text: 'A rule that could forbid this failed while it was evaluated, so it counts as forbidding.',
  remedy: 'The rule has to be corrected: it reads something that this request does not have.',
  source: { type: 'error', id },
});

const unreadable = (path: readonly string[]): Reason => ({
  code: 'access.value_not_readable',
  text: `The value "${path.join('.').slice(0, 100)}" cannot be told to the rules, and one of them may look at it.`,
  remedy: 'Send whole numbers, text, true or false, lists and records of them.',
  source: { type: 'error' },
});

/** Whether a rule may look at a value: any name on the way to it stands somewhere in the rules. Says yes too often rather than not. */
function readsAny({ texts }: CompiledAccess, path: readonly string[]): boolean {
  return Object.values(texts).some((text) => path.some((name) => text.includes(name)));
}

type Known = readonly [ref: Pick<AccessEntityRef, 'type' | 'id'>, Told['values']];

/** The entities a question is about, and everything that can be reached from them: most models are far larger. */
function entitiesFor(model: CompiledAccess, about: readonly Known[]): EntityJson[] {
  const found = new Map<string, EntityJson>();
  for (const [uid, values] of about) {
    const key = uidKey(uid);
    const known = found.get(key) ?? model.entities.get(key);
    const attrs = { ...known?.attrs, ...values };
    found.set(key, { uid: { ...uid }, attrs, parents: known?.parents ?? [] });
  }
  const waiting = [...[...found.values()].flatMap(reachedFrom), ...model.named];
  for (let key = waiting.pop(); key !== undefined; key = waiting.pop()) {
    const entity = found.has(key) ? undefined : model.entities.get(key);
    if (entity === undefined) continue;
    found.set(key, entity);
    waiting.push(...reachedFrom(entity));
  }
  return [...found.values()];
}

function reachedFrom({ attrs, parents }: EntityJson): string[] {
  const found = parents.map((uid) => uidKey('__entity' in uid ? uid.__entity : uid));
  const waiting: CedarValueJson[] = [attrs];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const { type, id } = next as { type?: unknown; id?: unknown };
    if (typeof type === 'string' && typeof id === 'string') found.push(uidKey({ type, id }));
    waiting.push(...(Object.values(next) as CedarValueJson[]));
  }
  return found;
}
