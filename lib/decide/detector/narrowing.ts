/** What a hostile text in a session means for the actions after it. Pure. */
import type { BaseDecision } from '@/lib/policy/base';
import type { SessionFacts } from '../facts';

/**
 * A person decides about everything with an effect, everything that reaches outside, and every sensitive read, for as long as
 * the session lasts. A detector that finds a later text harmless changes nothing.
 *
 * @param matters whether the action could do harm at all
 */
export function hostileTextLimit(
  session: Pick<SessionFacts, 'hostile'> | undefined,
  matters: boolean,
): BaseDecision | undefined {
  if (session?.hostile === undefined || !matters) return undefined;
  const percent = Math.round(session.hostile * 100);
  return {
    outcome: 'require_approval',
    reasons: [
      {
        code: 'detector.hostile_text',
        text: `The detector of this workspace judged a text that this session has read as hostile (${percent} %), so a person decides about what follows.`,
        remedy:
          'A person approves it, or the task starts again in a new session without that text.',
        source: { type: 'detector' },
      },
    ],
  };
}
