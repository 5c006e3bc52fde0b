/** What a program approves as well as a person, and what it does not. */
import type { ConsoleActor } from '@/lib/auth';
import { DomainError, type StepUpMode } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { ApprovalRow } from './approval-rows';

/**
 * Two people are two people: a key with nobody behind it is none. And where critical risk takes a passkey, a key that a person made
 * is no way around it.
 *
 * @throws DomainError 403 `person_needed`
 */
export async function requireNoPersonNeeded(
  sql: Sql,
  actor: ConsoleActor,
  { risk, verdictsNeeded }: Pick<ApprovalRow, 'risk' | 'verdictsNeeded'>,
): Promise<void> {
  if (actor.kind !== 'key') return;
  if (verdictsNeeded > 1 && actor.author === null)
    throw personNeeded('This needs the approval of two people, and this key stands for none.');
  if (risk !== 'critical' || actor.author === null) return;
  const [workspace] = await sql<{ mode: StepUpMode }>(
    'SELECT step_up AS mode FROM workspaces WHERE id = $1',
    [actor.workspaceId],
  );
  if (workspace?.mode === 'required')
    throw personNeeded('Critical risk is approved with a passkey here, which no key has.');
}

const personNeeded = (why: string) =>
  new DomainError(
    'forbidden',
    'person_needed',
    `${why} A person has to approve it in the console.`,
  );
