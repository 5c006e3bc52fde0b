'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ChartLine } from 'lucide-react';
import { Link } from '@/components/ui/link';
import { momentPath } from '@/components/trust/evidence/evidence-words';
import { Button } from '@/components/ui/button';
import { CodeView } from '@/components/ui/code-view';
import { latePart } from '@/components/ui/late-part';
import { RelativeTime } from '@/components/ui/relative-time';
import { Failed, SkeletonRows } from '@/components/ui/states';
import type { Incident, Moment } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { momentQuery, momentsQuery } from '@/lib/client/moment-queries';
import { useWorkspace } from '@/lib/client/session';
import { counted, rich, t } from '@/lib/client/language';

// An incident has to be opened first, so the code of its evidence does not count in the first load.
const [MomentChain] = latePart(
  async () => (await import('@/components/trust/evidence/moment-chain')).MomentChain,
  {
    get loading() {
      return <SkeletonRows rows={3} label={t('Loading the evidence')} />;
    },
    get what() {
      return t('The evidence could not be shown.');
    },
  },
);

/** What speaks for the incident: the words an agent read and what they led to, where it was that, and the bare evidence. */
export function IncidentEvidence({ incident }: { incident: Incident }) {
  const workspace = useWorkspace();
  const list = useInfiniteQuery(
    momentsQuery(workspace, incident.agentId, { incident: incident.id }),
  );
  const moments = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-label={t('Evidence')} className="flex flex-col gap-3">
      {list.error && !list.data ? (
        <Failed
          what={t('The evidence could not be loaded.')}
          {...describeError(list.error)}
          onRetry={() => void list.refetch()}
        />
      ) : null}
      {moments.length > 0 ? (
        <>
          <h3 className="text-dense font-semibold">
            {t('What gave it away')}
            {moments.length > 1 || list.hasNextPage ? (
              <span className="font-normal text-ink-2">
                {' '}
                {howMany(moments.length, list.hasNextPage)}
              </span>
            ) : null}
          </h3>
          {moments.map((moment) => (
            <Chain key={moment.id} incident={incident} moment={moment} />
          ))}
          {list.hasNextPage ? (
            <Button
              size="sm"
              pending={list.isFetchingNextPage}
              onClick={() => void list.fetchNextPage()}
            >
              {t('Load older moments')}
            </Button>
          ) : null}
        </>
      ) : null}
      <CodeView label={t('Evidence as recorded')} value={incident.evidence} />
    </section>
  );
}

function howMany(moments: number, andMore: boolean): string {
  return andMore
    ? counted(
        moments,
        '{count} moment and more, newest first',
        '{count} moments and more, newest first',
      )
    : counted(moments, '{count} moment, newest first', '{count} moments, newest first');
}

function Chain({ incident, moment }: { incident: Incident; moment: Moment }) {
  const workspace = useWorkspace();
  const { agentId } = incident;
  const query = useQuery(momentQuery(workspace, agentId, moment.id));
  const toChart = (
    <Link
      href={momentPath(workspace, agentId, moment)}
      className="inline-flex min-h-6 items-center gap-1.5 text-accent underline underline-offset-2"
    >
      <ChartLine aria-hidden size={14} />
      {t('Show in the score chart')}
    </Link>
  );
  return (
    <article
      aria-label={t('One moment of evidence')}
      className="rounded-md border border-line bg-surface px-3"
    >
      <p className="border-b border-line/60 py-1.5 text-xs text-ink-2">
        {rich('The score moved {time}', { time: <RelativeTime at={moment.at} focusable /> })}
      </p>
      {query.data ? (
        <MomentChain
          workspace={workspace}
          agentId={agentId}
          moment={query.data}
          toChart={toChart}
          incident={incident.id}
        />
      ) : query.error ? (
        <Failed
          what={t('This moment could not be loaded.')}
          {...describeError(query.error)}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <SkeletonRows rows={3} label={t('Loading the moment')} />
      )}
    </article>
  );
}
