/** Open Policy Agent: its Data API, https://www.openpolicyagent.org/docs/latest/rest-api/#get-a-document-with-input */
import { narrower } from '../outcome';
import { baseDecision, isRecord, outcomeIn } from './answer';
import type { BaseDecision } from './base-policy';
import type { Dialect } from './dialects';

export const OPA: Dialect = {
  address: ({ url, path }) => `${url}/v1/data/${path}`,
  body: (input) => ({ input }),
  accessBody: (input) => ({ input }),
  read: (answer) => (isRecord(answer) ? readResult(answer['result']) : undefined),
};

/**
 * | `result`                        | outcome                                   |
 * |---------------------------------|-------------------------------------------|
 * | `true` / `false`                | `allow` / `deny`                          |
 * | `{allow: boolean, reasons}`     | the same                                  |
 * | `{outcome: "...", reasons}`     | that one; with `allow`, the narrower      |
 * | absent: no rule of that path    | none: the caller makes it a deny          |
 */
function readResult(result: unknown): BaseDecision | undefined {
  if (typeof result === 'boolean') return baseDecision(result ? 'allow' : 'deny', undefined);
  if (!isRecord(result)) return undefined;
  const named = outcomeIn(result['outcome']);
  const allow = result['allow'];
  if (typeof allow !== 'boolean' && (named === undefined || allow !== undefined)) return undefined;
  if (result['outcome'] !== undefined && named === undefined) return undefined;
  const reasons = result['reasons'] ?? result['reason'];
  if (typeof allow !== 'boolean') return named && baseDecision(named, reasons);
  const outcome = allow ? 'allow' : 'deny';
  return baseDecision(named === undefined ? outcome : narrower(named, outcome), reasons);
}
