import type { Login } from '@/lib/auth/logins';
import type { Waiting } from '@/lib/contracts';
import { countPending } from '@/lib/services/approvals/queue/counts';

/** How many approvals wait in each workspace of a person: one look at each, since workspaces share no statement. */
export async function describeWaiting({ workspaces }: Login, now: Date): Promise<Waiting> {
  const items = await Promise.all(
    workspaces.map(async ({ id, slug, name, kind }) => {
      const { pending, oldestAt } = await countPending({ actor: { workspaceId: id }, now });
      return { workspace: { id, slug, name, kind }, pending, oldestAt };
    }),
  );
  return { items };
}
