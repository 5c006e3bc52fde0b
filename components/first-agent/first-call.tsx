'use client';

import { useQuery } from '@tanstack/react-query';
import { Link } from '@/components/ui/link';
import { buttonClass } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { OutcomeMark } from '@/components/ui/outcome-mark';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Decision, decisionPageSchema } from '@/lib/contracts';
import type { z } from 'zod';
import { agentKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { rich, t } from '@/lib/client/language';

/** Waits live for the agent's first call; the stream of announcements refetches this query. */
export function FirstCall({ agentId, agentName }: { agentId: string; agentName: string }) {
  const api = useApi();
  const workspace = useWorkspace();
  const query = useQuery({
    queryKey: agentKeys.decisions(workspace, agentId, { limit: 1 }),
    queryFn: ({ signal }) =>
      api.get<z.infer<typeof decisionPageSchema>>('/api/v1/decisions', {
        signal,
        query: { agent: agentId, limit: 1 },
      }),
  });
  const first = query.data?.items[0];
  if (!first)
    return (
      <InlineStatus tone="pending">
        {t(
          'Waiting for {agent} to call. This changes by itself when the first evaluation arrives.',
          { agent: agentName },
        )}
      </InlineStatus>
    );
  return (
    <div className="flex flex-col items-start gap-3">
      <Arrived first={first} />
      <div className="flex flex-wrap gap-2">
        {first.state === 'pending' && first.approvalId ? (
          <Link
            href={`/${workspace}/approvals/${first.approvalId}`}
            className={buttonClass('primary')}
          >
            {t('Open the approval')}
          </Link>
        ) : null}
        <Link
          href={`/${workspace}/agents/${agentId}`}
          className={buttonClass(first.state === 'pending' ? 'secondary' : 'primary')}
        >
          {t('Open {agent}', { agent: agentName })}
        </Link>
      </div>
    </div>
  );
}

/** What the call was and what it was answered. */
function Arrived({ first }: { first: Decision }) {
  return (
    <InlineStatus tone="done" className="w-full">
      <p>
        {rich('The call arrived {time}: {tool}.', {
          time: <RelativeTime at={first.decidedAt} />,
          tool: <code>{first.tool}</code>,
        })}
      </p>
      <OutcomeMark outcome={first.outcome} className="mt-1" />
      {first.reasons.map((reason) => (
        <p key={reason.code}>
          {reason.text} <code className="text-ink-2">{reason.code}</code>
        </p>
      ))}
    </InlineStatus>
  );
}
