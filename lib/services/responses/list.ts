import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { responseListSchema } from '@/lib/contracts';
import type { ServiceContext } from '@/lib/services/context';
import { responseTable } from '@/lib/trust';

/** Which threshold leads to which response. @throws DomainError `forbidden` */
export function listResponses({ actor }: ServiceContext): z.infer<typeof responseListSchema> {
  requirePermission(actor, 'workspace.read');
  return { items: responseTable() };
}
