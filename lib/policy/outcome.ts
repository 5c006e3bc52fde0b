/** The four answers to an action, from the widest to the narrowest. The order is the meaning: see `narrower`. */
export const OUTCOMES = ['allow', 'require_approval', 'suggest', 'deny'] as const;

export type Outcome = (typeof OUTCOMES)[number];

/**
 * The narrower of two outcomes: what holds when two deciders disagree. Nothing ever widens.
 *
 * |                  | allow            | require_approval | suggest | deny |
 * |------------------|------------------|------------------|---------|------|
 * | allow            | allow            | require_approval | suggest | deny |
 * | require_approval | require_approval | require_approval | suggest | deny |
 * | suggest          | suggest          | suggest          | suggest | deny |
 * | deny             | deny             | deny             | deny    | deny |
 *
 * @example narrower('allow', 'suggest') // 'suggest'
 */
export function narrower(a: Outcome, b: Outcome): Outcome {
  return OUTCOMES.indexOf(a) >= OUTCOMES.indexOf(b) ? a : b;
}
