import { requirePermission, requireRecentSignIn, type ConsoleActor } from '@/lib/auth';
import {
  DomainError,
  STEP_UP_MODES,
  type StepUpMode,
  type StepUpSettingInput,
} from '@/lib/contracts';
import { sql, withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';

const SELECT_MODE = 'SELECT step_up AS mode FROM workspaces WHERE id = $1';

/** When people prove themselves with a passkey in this workspace. */
export async function getStepUpSetting({ actor }: ServiceContext): Promise<{ mode: StepUpMode }> {
  requirePermission(actor, 'workspace.read');
  const [row] = await sql<{ mode: StepUpMode }>(SELECT_MODE, [actor.workspaceId]);
  return { mode: row?.mode ?? 'when_registered' };
}

/**
 * Demanding more needs the permission alone. Demanding less also needs somebody who has signed in just now: a stolen cookie is what
 * the passkey is there against, and so must not be enough to do away with it.
 *
 * @throws DomainError `forbidden`; `recent_sign_in_needed`, `person_needed` to demand less
 */
export async function setStepUpSetting(
  context: ServiceContext,
  { mode, reason }: StepUpSettingInput,
): Promise<{ mode: StepUpMode }> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.manage');
  return withTransaction(async (run) => {
    const [before] = await run<{ mode: StepUpMode }>(`${SELECT_MODE} FOR UPDATE`, [
      actor.workspaceId,
    ]);
    if (before !== undefined && strength(mode) < strength(before.mode)) requireToLower(actor, now);
    await run('UPDATE workspaces SET step_up = $2 WHERE id = $1', [actor.workspaceId, mode]);
    const note = noteOf(context, 'step_up.changed', `workspace:${actor.workspaceId}`, {
      mode,
      reason,
    });
    await record(run, context, [note], [{ type: 'workspace.changed' }]);
    return { mode };
  });
}

/** The modes stand from the one that demands least to the one that demands most. */
const strength = (mode: StepUpMode) => STEP_UP_MODES.indexOf(mode);

/** A key that a person made is no way around it; whoever makes one with the command line has the database in hand. */
function requireToLower(actor: ConsoleActor, now: Date): void {
  if (actor.kind === 'person')
    return requireRecentSignIn(actor, now, 'Fewer passkeys are demanded');
  if (actor.author === null) return;
  throw new DomainError(
    'forbidden',
    'person_needed',
    'Fewer passkeys are demanded by a person who has just signed in, which no key has. Do it in the console.',
  );
}
