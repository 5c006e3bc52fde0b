/** Verdicts on grants that were asked for: those of their approvals, with the scope that was asked for or a narrower one. */
import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import {
  DomainError,
  type GrantApproval,
  type GrantRequest,
  type GrantScope,
  type rejectRequestSchema,
} from '@/lib/contracts';
import { approveAction } from '@/lib/services/approvals/approve';
import { rejectAction } from '@/lib/services/approvals/reject';
import type { ServiceContext } from '@/lib/services/context';
import { readGrantRequest } from './read-requests';

/**
 * Approves the call, and lets calls like it run.
 *
 * @throws DomainError `forbidden`, `not_found`; 422 `grant_wider_than_asked`; those of `approveAction`
 */
export async function approveGrantRequest(
  context: ServiceContext,
  id: string,
  { scope, ...approval }: GrantApproval,
): Promise<GrantRequest> {
  const asked = await requireRequest(context, id);
  if (scope !== undefined) requireNarrower(scope, asked.scope);
  await approveAction(context, asked.approval.id, { ...approval, scope: scope ?? asked.scope });
  return requireRequest(context, id);
}

/** @throws DomainError `forbidden`, `not_found`; those of `rejectAction` */
export async function rejectGrantRequest(
  context: ServiceContext,
  id: string,
  rejection: z.output<typeof rejectRequestSchema>,
): Promise<GrantRequest> {
  const asked = await requireRequest(context, id);
  await rejectAction(context, asked.approval.id, rejection);
  return requireRequest(context, id);
}

function requireRequest({ actor, now }: ServiceContext, id: string): Promise<GrantRequest> {
  requirePermission(actor, 'approvals.decide');
  return readGrantRequest({ workspaceId: actor.workspaceId, agentId: undefined, id }, now);
}

function requireNarrower(given: GrantScope, asked: GrantScope): void {
  const vary = given.vary.every((path) => asked.vary.includes(path));
  if (vary && given.uses <= asked.uses && given.minutes <= asked.minutes) return;
  throw new DomainError(
    'unprocessable',
    'grant_wider_than_asked',
    'This is more than was asked for. Approve less, or give a grant of your own on the page of the approval.',
  );
}
