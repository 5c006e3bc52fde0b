'use client';

import { useQuery } from '@tanstack/react-query';
import { Link } from '@/components/ui/link';
import { useSession } from '@/lib/client/session';
import { waitingQuery } from '@/lib/client/shell-queries';
import { counted, rich } from '@/lib/client/language';

/** Where nothing waits: the other workspaces of the person in which something does, with the way there. */
export function WaitingElsewhere({ className }: { className?: string }) {
  const { workspace, workspaces } = useSession();
  const { data } = useQuery({
    ...waitingQuery(workspace.slug),
    enabled: workspaces.length > 1,
  });
  const elsewhere = (data?.items ?? []).filter(
    (item) => item.pending > 0 && item.workspace.id !== workspace.id,
  );
  if (elsewhere.length === 0) return null;
  return (
    <ul className={className}>
      {elsewhere.map((item) => (
        <li key={item.workspace.id}>
          {rich('In {workspace}: {approvals}.', {
            workspace: item.workspace.name,
            approvals: (
              <Link
                href={`/${item.workspace.slug}/approvals`}
                className="font-medium text-accent underline underline-offset-2"
              >
                {counted(
                  item.pending,
                  '{count} approval waits for a person',
                  '{count} approvals wait for a person',
                )}
              </Link>
            ),
          })}
        </li>
      ))}
    </ul>
  );
}
