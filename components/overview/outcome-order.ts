/** From widest to narrowest. */
export const OUTCOME_ORDER = ['allow', 'require_approval', 'suggest', 'deny'] as const;
