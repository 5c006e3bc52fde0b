/** What the answers of outside decision points have in common. Bounded: they end up in decisions and in the ledger. */
import { OUTCOMES, type Outcome } from '../outcome';
import type { Reason } from '../reason';
import type { BaseDecision } from './base-policy';

const MAX_REASONS = 8;
const MAX_TEXT_CHARS = 500;
const CODE = /^[a-z0-9][a-z0-9._-]{0,99}$/i;
const SOURCE = { type: 'base_policy' } as const;

/** Sentences for people when the answer brought none. */
const SILENT: Readonly<Record<Exclude<Outcome, 'allow'>, string>> = {
  require_approval: 'Your own policy wants a person to approve this action.',
  suggest: 'Your own policy lets the agent propose this action, not carry it out.',
  deny: 'Your own policy denies this action.',
};

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function outcomeIn(value: unknown): Outcome | undefined {
  return OUTCOMES.find((outcome) => outcome === value);
}

/** An outcome with what the decision point said about it. An `allow` has nothing to explain. */
export function baseDecision(outcome: Outcome, said: unknown): BaseDecision {
  if (outcome === 'allow') return { outcome, reasons: [] };
  const reasons = reasonsIn(said);
  const code = `base_policy.${outcome}`;
  const silent: Reason = { code, text: SILENT[outcome], source: SOURCE };
  return { outcome, reasons: reasons.length > 0 ? reasons : [silent] };
}

function reasonsIn(said: unknown): Reason[] {
  const list = Array.isArray(said) ? said : [said];
  return list.slice(0, MAX_REASONS).flatMap((item) => reasonIn(item) ?? []);
}

/** A sentence, or a record with `text` or `message`, and perhaps `code` and `remedy`. */
function reasonIn(item: unknown): Reason | undefined {
  const record = isRecord(item) ? item : { text: item };
  const text = sentence(record['text'] ?? record['message']);
  if (text === undefined) return undefined;
  const code = record['code'];
  const remedy = sentence(record['remedy']);
  return {
    code: typeof code === 'string' && CODE.test(code) ? `base_policy.${code}` : 'base_policy.said',
    text,
    ...(remedy === undefined ? {} : { remedy }),
    source: SOURCE,
  };
}

function sentence(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  return value.replaceAll('\u0000', '').trim().slice(0, MAX_TEXT_CHARS);
}
