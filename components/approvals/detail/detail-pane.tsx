'use client';

import { useQuery } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import type { RefObject } from 'react';
import { LAYERS } from '@/components/trust/layers';
import { LAYER_WORDS, formatScore } from '@/components/trust/score-text';
import { TrustGlyph } from '@/components/trust/trust-glyph';
import { RungBadge } from '@/components/ui/badge';
import { Failed, NoPermission, Skeleton } from '@/components/ui/states';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { ApiError, describeError } from '@/lib/client/api-error';
import type { ApprovalDetail } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';
import { approvalDetailOptions } from '../queries';
import { RiskMark } from '../risk-mark';
import { OPEN_VALUE_LENGTH, summarizeAction, summaryInputOf } from '../summary';
import { SummaryLine } from '../summary-line';
import { TimeLeftText } from '../time-left-text';
import { VerdictBar } from '../verdict/verdict-bar';
import type { VerdictBarProps } from '../verdict/verdict-bar-props';
import { ArgumentsView } from './arguments-view';
import { AskedFor } from './asked-for';
import { HowItWent, LowerSections, SessionTimeline, SinceSimilar } from './late-sections';
import { ReadBefore } from './read-before';
import { WhyStopped } from './why-stopped';

export interface DetailPaneProps extends Omit<VerdictBarProps, 'approval' | 'agentHref'> {
  workspace: string;
  id: string;
  bodyRef: RefObject<HTMLDivElement | null>;
}

/** Everything about one waiting call, with the actions within one Tab of the list. */
export function DetailPane({ workspace, id, bodyRef, ...bar }: DetailPaneProps) {
  const query = useQuery(approvalDetailOptions(workspace, id));
  const approval = query.data;
  if (approval === undefined) {
    return query.isError ? (
      <LoadFailure error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <DetailSkeleton />
    );
  }
  const agentHref = `/${workspace}/agents/${approval.agent.id}`;
  return (
    // On a phone the heading scrolls away with the rest, so that the call has the screen; the actions stay at the bottom.
    <article
      aria-label={t('The open call')}
      className="flex min-h-0 flex-1 flex-col bg-surface max-md:overflow-y-auto"
    >
      {/* Beside the queue its heading is the page's; alone on a phone the page needs one. */}
      <h1 className="sr-only md:hidden">{t('Approvals')}</h1>
      <Header approval={approval} />
      <VerdictBar {...bar} approval={approval} agentHref={agentHref} />
      <div
        ref={bodyRef}
        tabIndex={0}
        role="region"
        aria-label={t('What the call would do, and why it waits')}
        data-scrolls
        data-scroll
        className="focus-visible:-outline-offset-2 max-md:shrink-0 max-md:grow md:min-h-0 md:flex-1 md:overflow-y-auto"
      >
        <Sections
          approval={approval}
          workspace={workspace}
          agentHref={agentHref}
          decide={bar.decide}
        />
      </div>
    </article>
  );
}

interface SectionsProps {
  approval: ApprovalDetail;
  workspace: string;
  agentHref: string;
  decide: DetailPaneProps['decide'];
}

/** What there is to read, in the order in which a reviewer asks. */
function Sections({ approval, workspace, agentHref, decide }: SectionsProps) {
  return (
    <>
      <WhyStopped approval={approval} />
      <AskedFor approval={approval} />
      <ArgumentsView
        approval={approval}
        {...(approval.verdict?.edit === undefined
          ? {}
          : { title: t('What the agent sent, before the edits above') })}
      />
      {/* Below what was read for the verdict, which stays where it is when this comes. */}
      {approval.state === 'approved' ? (
        <HowItWent decisionId={approval.decisionId} use={approval.use} />
      ) : null}
      {approval.lastOfKind.length > 0 ? (
        <SinceSimilar approval={approval} workspace={workspace} />
      ) : null}
      <ReadBefore sources={approval.sources} />
      {approval.timeline === null ? null : (
        <SessionTimeline approval={approval} workspace={workspace} />
      )}
      <LowerSections
        approval={approval}
        workspace={workspace}
        agentHref={agentHref}
        decide={decide}
      />
    </>
  );
}

function Header({ approval }: { approval: ApprovalDetail }) {
  const { tool } = approval;
  return (
    <header className="flex shrink-0 flex-col gap-1.5 px-4 pt-3 max-md:border-b max-md:border-line max-md:pb-3 md:px-6 md:pt-4">
      <div className="flex min-h-5 flex-wrap items-center gap-x-2 text-dense md:gap-x-3">
        <RiskMark risk={approval.risk} />
        {tool.reversible ? null : (
          <strong className="font-semibold">{t('cannot be undone')}</strong>
        )}
        {tool.egress ? <strong className="font-semibold">{t('goes outside')}</strong> : null}
        <span className="ml-auto text-sm">
          {approval.state === 'pending' ? (
            <TimeLeftText requestedAt={approval.requestedAt} expiresAt={approval.expiresAt} long />
          ) : null}
        </span>
      </div>
      <h2 className="text-lg font-semibold text-pretty">
        <SummaryLine
          parts={summarizeAction({
            ...summaryInputOf(approval),
            valueLength: OPEN_VALUE_LENGTH,
          })}
        />
      </h2>
      <Asker approval={approval} />
    </header>
  );
}

/** Who asks, whose agent it is, and since when. */
function Asker({ approval }: { approval: ApprovalDetail }) {
  const { agent } = approval;
  return (
    <p className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-dense text-ink-2">
      <span className="inline-flex min-w-0 items-center gap-1.5">
        <TrustGlyph trust={agent.trust} size={20} />
        <UntrustedText text={agent.name} className="font-medium text-ink" />
        <span className="font-medium text-ink">{formatScore(agent.trust.score)}</span>
        <RungBadge rung={agent.trust.rung} />
      </span>
      <InAlarm trust={agent.trust} />
      <span>{rich('owner {name}', { name: <UntrustedText text={agent.owner} /> })}</span>
      <span>{rich('asked {time}', { time: <RelativeTime at={approval.requestedAt} /> })}</span>
    </p>
  );
}

/** Which layers are in alarm, beside the buttons: further down stands what each of them is. */
function InAlarm({ trust }: { trust: ApprovalDetail['agent']['trust'] }) {
  const alarmed = LAYERS.filter((layer) => trust.layers[layer].alarm);
  if (alarmed.length === 0) return null;
  return (
    <strong className="inline-flex items-center gap-1 font-semibold text-sev-1">
      <TriangleAlert aria-hidden size={14} className="shrink-0" />
      {t('in alarm: {layers}', { layers: alarmed.map((layer) => LAYER_WORDS[layer]).join(', ') })}
    </strong>
  );
}

function LoadFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { detail, requestId } = describeError(error);
  if (error instanceof ApiError && error.forbidden) {
    return <NoPermission what={t('You may not see this call')} who={detail} />;
  }
  const gone = error instanceof ApiError && error.status === 404;
  return (
    <Failed
      what={
        gone ? t('There is no such call in this workspace.') : t('The call could not be loaded.')
      }
      detail={gone ? undefined : detail}
      requestId={requestId}
      onRetry={gone ? undefined : onRetry}
    />
  );
}

/** The shape of a detail on its way. */
function DetailSkeleton() {
  return (
    <div
      role="status"
      aria-label={t('Loading the call')}
      className="flex min-h-0 flex-1 flex-col gap-4 bg-surface p-4 md:p-6"
    >
      <Skeleton className="h-4 w-64 max-w-full" />
      <Skeleton className="h-6 w-4/5" />
      <div className="flex gap-2">
        <Skeleton className="h-8 w-40" />
        <Skeleton className="h-8 w-28" />
      </div>
      <Skeleton className="mt-4 h-4 w-48" />
      <Skeleton className="h-14" />
      <Skeleton className="mt-2 h-4 w-40" />
      <Skeleton className="h-40" />
    </div>
  );
}
