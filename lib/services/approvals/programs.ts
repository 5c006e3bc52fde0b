/** What a program approves as well as a person, and what it does not. */
import type { ConsoleActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import type { ApprovalRow } from './approval-rows';
import { stepUpFactsOf } from './step-up';

type Call = Pick<ApprovalRow, 'risk' | 'verdictsNeeded'>;

/**
 * Two people are two people: a key with nobody behind it is none. And where whoever made the key would be asked for a passkey, the key
 * is no way around it.
 *
 * @returns why a person has to approve it, or nothing when the actor may
 */
export async function personNeeded(
  sql: Sql,
  actor: ConsoleActor,
  { risk, verdictsNeeded }: Call,
): Promise<DomainError | undefined> {
  if (actor.kind !== 'key') return undefined;
  const { author, workspaceId } = actor;
  if (author === null)
    return verdictsNeeded > 1
      ? refusal('This needs the approval of two people, and this key stands for none.')
      : undefined;
  if (risk !== 'critical') return undefined;
  const { mode, registered } = await stepUpFactsOf(sql, workspaceId, author.personId);
  if (mode === 'required')
    return refusal('Critical risk is approved with a passkey here, which no key has.');
  return registered
    ? refusal('Whoever made this key confirms critical risk with a passkey, which no key has.')
    : undefined;
}

/** @throws DomainError 403 `person_needed` */
export async function requireNoPersonNeeded(
  sql: Sql,
  actor: ConsoleActor,
  call: Call,
): Promise<void> {
  const needed = await personNeeded(sql, actor, call);
  if (needed !== undefined) throw needed;
}

const refusal = (why: string) =>
  new DomainError(
    'forbidden',
    'person_needed',
    `${why} A person has to approve it in the console.`,
  );
