import type { DetailedError, SourceLabel } from './cedar';
import type { PolicyProblem } from './errors';
import type { RuleText } from './split-rules';

const PARSER_PREFIX = /^failed to parse policy from string: /;
const POLICY_PREFIX = /^for policy `[^`]*`, /;

/** Cedar's error about one rule, with its place in the whole text the person wrote. */
export function problemAt(
  source: string,
  rule: RuleText,
  error: DetailedError,
  policyId?: string,
): PolicyProblem {
  const place = error.sourceLocations?.[0];
  const offset = rule.offset + utf16Offset(rule.text, place?.start ?? 0);
  return {
    ...(policyId === undefined ? {} : { policyId }),
    message: messageOf(error, place),
    ...lineAndColumn(source, offset),
  };
}

function messageOf(error: DetailedError, place: SourceLabel | undefined): string {
  const message = error.message.replace(PARSER_PREFIX, '').replace(POLICY_PREFIX, '');
  const more = [place?.label, error.help].filter((text) => typeof text === 'string' && text !== '');
  return [message, ...more].join('; ');
}

/** Cedar counts bytes of UTF-8; editors and we count UTF-16 units. */
export function utf16Offset(text: string, byteOffset: number): number {
  return Buffer.from(text, 'utf8').subarray(0, byteOffset).toString('utf8').length;
}

/** Line and column, both from 1, of a UTF-16 offset. */
export function lineAndColumn(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset);
  const lastBreak = before.lastIndexOf('\n');
  return { line: before.split('\n').length, column: offset - lastBreak };
}
