/** The signals about text from outside, which moments are made of. A new kind also belongs into the index of such signals. */
const OUTSIDE_TEXT_KINDS = [
  'behavior.injection_confirmed',
  'behavior.injection_likely',
  'behavior.injection_indicator',
  'context.argument_from_third_party',
  'context.planted_orders',
] as const;

/** A condition over signals `s`, written as the index `signals_outside_text` has it, so that it is used. */
export const ABOUT_OUTSIDE_TEXT = `s.kind IN (${OUTSIDE_TEXT_KINDS.map((kind) => `'${kind}'`).join(', ')})`;

/** The id of a moment, where signals `s` are grouped by time and decision: the signal that cost most. */
export const MOMENT_ID = '(array_agg(s.id::text ORDER BY s.score_delta, s.id))[1]';
