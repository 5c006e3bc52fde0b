'use client';

import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { useSearchState } from '@/components/ui/search-state';
import { Failed, SkeletonRows } from '@/components/ui/states';
import type { Moment } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { momentQuery, momentsQuery } from '@/lib/client/moment-queries';
import { useWorkspace } from '@/lib/client/session';
import { MomentEntry } from './moment-entry';
import { t } from '@/lib/client/language';

interface EvidenceTrailProps {
  agentId: string;
  rungs: readonly { rung: number; name: string }[];
}

/**
 * The moments in which text from outside moved the score, newest first; the one the chart points at is open. It stands in the
 * URL: a link opens the same moment in chart and trail.
 */
export function EvidenceTrail({ agentId, rungs }: EvidenceTrailProps) {
  const workspace = useWorkspace();
  const list = useInfiniteQuery(momentsQuery(workspace, agentId));
  const listed = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const { opened, older } = useOpened(agentId, listed);
  const moments = older === undefined ? listed : [...listed, older];
  if (list.data && moments.length === 0)
    return (
      <Panel title={t('Evidence trail')}>
        <p className="text-ink-2">
          {t('Nothing this agent has read from outside has moved its score so far.')}
        </p>
      </Panel>
    );
  return (
    <Panel
      title={t('Evidence trail')}
      description={t('What it read from outside, and what that led to')}
      flush
    >
      {list.data ? (
        <ul>
          {moments.map((moment) => (
            <MomentEntry
              key={moment.id}
              agentId={agentId}
              moment={moment}
              rungs={rungs}
              open={moment.id === opened}
            />
          ))}
        </ul>
      ) : list.error ? (
        <Failed
          what={t('The evidence trail could not be loaded.')}
          {...describeError(list.error)}
          onRetry={() => void list.refetch()}
        />
      ) : (
        <SkeletonRows rows={2} label={t('Loading the evidence trail')} />
      )}
      {list.hasNextPage ? (
        <Older pending={list.isFetchingNextPage} onLoad={() => void list.fetchNextPage()} />
      ) : null}
    </Panel>
  );
}

function Older({ pending, onLoad }: { pending: boolean; onLoad: () => void }) {
  return (
    <div className="flex justify-center border-t border-line p-3">
      <Button pending={pending} onClick={onLoad}>
        {t('Load older moments')}
      </Button>
    </div>
  );
}

/** The moment that the URL names, or that the pinned point of the chart is; one beyond the pages loaded is asked for by itself. */
function useOpened(agentId: string, listed: readonly Moment[]) {
  const workspace = useWorkspace();
  const { params } = useSearchState();
  const named = params.get('moment');
  const pinned = Date.parse(params.get('at') ?? '');
  const known = listed.find(({ signals }) => signals.some(({ id }) => id === named));
  const single = useQuery({
    ...momentQuery(workspace, agentId, named ?? ''),
    enabled: named !== null && known === undefined,
  });
  const older = named !== null && known === undefined ? single.data : undefined;
  const atPin = listed.find(({ at }) => Date.parse(at) === pinned);
  return { opened: (named === null ? atPin : (known ?? older))?.id, older };
}
