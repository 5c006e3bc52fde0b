import { DomainError } from '@/lib/contracts';
import type { ApprovalRow } from './approval-rows';

/**
 * A person who approves a call of critical risk repeats the name of what it reaches, so that nobody does by habit.
 *
 * @throws DomainError 422 `target_not_confirmed`
 */
export function requireTarget(
  { risk, resource }: Pick<ApprovalRow, 'risk' | 'resource'>,
  typed: string | undefined,
): void {
  if (risk !== 'critical' || typed === resource.id) return;
  throw new DomainError(
    'unprocessable',
    'target_not_confirmed',
    typed === undefined
      ? 'This call is critical risk. Repeat the id of its resource in "target" to approve it.'
      : 'What was typed is not the id of the resource of this call. Look again at what it would reach.',
  );
}
