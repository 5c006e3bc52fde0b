import type { RejectionReason } from '../types';

/** A rejection is an outcome; some reasons also say something about what the agent does or where it reaches. */
const REJECTION_SIGNALS: Record<RejectionReason, readonly string[]> = {
  wrong_target: ['outcome.rejected.wrong_target'],
  wrong_arguments: ['outcome.rejected.wrong_arguments'],
  not_needed: ['outcome.rejected.not_needed'],
  out_of_scope: ['outcome.rejected.out_of_scope', 'context.judged_out_of_scope'],
  unsafe: ['outcome.rejected.unsafe', 'behavior.judged_unsafe'],
  policy: ['outcome.rejected.policy', 'context.judged_against_policy'],
  injection: ['outcome.rejected.injection', 'behavior.injection_indicator'],
  other: ['outcome.rejected.other'],
};

/** The signal kinds a reviewer's typed rejection gives. One person's word alone never confirms an injection. */
export function rejectionSignals(reason: RejectionReason): readonly string[] {
  return REJECTION_SIGNALS[reason];
}
