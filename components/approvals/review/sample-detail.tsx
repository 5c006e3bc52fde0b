'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef, type RefObject } from 'react';
import { EffectLine } from '@/components/trust/feedback/effect-line';
import { FeedbackForm } from '@/components/trust/feedback/feedback-form';
import { FEEDBACK_CHOICES, saidWord } from '@/components/trust/feedback/feedback-words';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { describeError } from '@/lib/client/api-error';
import { featureKey, reviewingKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import type { ApprovalDetail, FeedbackVerdict, ReviewDetail } from '@/lib/contracts';
import { rich, t, texts, withDecimalSign } from '@/lib/client/language';
import { AgentNow } from '../detail/agent-now';
import { ArgumentsView } from '../detail/arguments-view';
import { AskedFor } from '../detail/asked-for';
import { LastOfKind } from '../detail/last-of-kind';
import { SessionTimeline, SinceSimilar } from '../detail/late-sections';
import { ReadBefore } from '../detail/read-before';
import { Section } from '../detail/section';
import { ToolFacts } from '../detail/tool-facts';
import { RiskMark } from '../risk-mark';
import { OPEN_VALUE_LENGTH, summarizeAction, summaryInputOf } from '../summary';
import { SummaryLine } from '../summary-line';
import { KeyHint } from '../verdict/key-hint';
import { asApproval } from './as-approval';
import { sampleOptions, samplePath } from './queries';

export interface SampleDetailProps {
  id: string;
  /** The word that is being given a reason; `null` while nothing is asked. */
  asking: FeedbackVerdict | null;
  onAsk: (verdict: FeedbackVerdict | null) => void;
  /** The server has the word. */
  onSaid: () => void;
  onNext: (() => void) | null;
}

const REPORTED_AS = texts({
  succeeded: 'reported as succeeded',
  failed: 'reported as failed',
});

/** A call that ran without a person, read as an approval is, and the word about it. */
export function SampleDetail(props: SampleDetailProps) {
  const query = useQuery(sampleOptions(useWorkspace(), props.id));
  return (
    <QueryView query={query} what={t('The sample could not be loaded.')}>
      {(review) => <Opened {...props} review={review} />}
    </QueryView>
  );
}

type OpenedProps = SampleDetailProps & { review: ReviewDetail };

function Opened(props: OpenedProps) {
  const { review } = props;
  const approval = asApproval(review);
  const body = useRef<HTMLDivElement>(null);
  return (
    <article aria-label={t('The sampled call')} className="flex min-h-0 flex-1 flex-col bg-surface">
      <SampleHeader review={review} approval={approval} />
      <WordBar {...props} bodyRef={body} />
      <div
        ref={body}
        tabIndex={0}
        role="region"
        aria-label={t('What the call did')}
        data-scroll
        className="min-h-0 flex-1 overflow-y-auto focus-visible:-outline-offset-2"
      >
        <SampleBody review={review} approval={approval} />
      </div>
    </article>
  );
}

interface Parts {
  review: ReviewDetail;
  approval: ApprovalDetail;
}

function SampleHeader({ review, approval }: Parts) {
  return (
    <header className="flex shrink-0 flex-col gap-1.5 px-4 pt-3 md:px-6 md:pt-4">
      <div className="flex min-h-5 flex-wrap items-center gap-x-3 text-dense">
        <RiskMark risk={review.risk} />
        <span>{t('ran without a person')}</span>
        <span className="ml-auto text-ink-2">
          <RelativeTime at={review.decidedAt} />
          {review.executionStatus === null ? '' : `, ${REPORTED_AS[review.executionStatus]}`}
        </span>
      </div>
      <h2 className="text-lg font-semibold text-pretty">
        <SummaryLine
          parts={summarizeAction({ ...summaryInputOf(approval), valueLength: OPEN_VALUE_LENGTH })}
        />
      </h2>
      <p className="text-dense text-ink-2">
        {rich('{agent}, owner {owner}. Drawn with a chance of {chance}.', {
          agent: <UntrustedText text={review.agent.name} className="font-medium text-ink" />,
          owner: <UntrustedText text={review.agent.owner} />,
          chance: percent(review.chance),
        })}
      </p>
    </header>
  );
}

/** The same parts an approval is read by. */
function SampleBody({ review, approval }: Parts) {
  const workspace = useWorkspace();
  return (
    <>
      <AskedFor approval={approval} />
      <ArgumentsView approval={approval} title={t('What ran')} />
      {approval.lastOfKind.length > 0 ? (
        <SinceSimilar approval={approval} workspace={workspace} />
      ) : null}
      <ReadBefore sources={approval.sources} />
      {approval.timeline === null ? null : (
        <SessionTimeline approval={approval} workspace={workspace} />
      )}
      <WhyAllowed review={review} />
      <div className="grid border-t border-line xl:grid-cols-2 [&>section]:border-t-0 max-xl:[&>section+section]:border-t">
        <ToolFacts approval={approval} />
        <AgentNow approval={approval} agentHref={`/${workspace}/agents/${approval.agent.id}`} />
      </div>
      <LastOfKind approval={approval} />
    </>
  );
}

const percent = (share: number) =>
  `${withDecimalSign(String(Number((share * 100).toPrecision(2))))} %`;

function WhyAllowed({ review }: { review: ReviewDetail }) {
  return (
    <Section title={t('Why it was allowed')}>
      <ul className="flex flex-col gap-1.5">
        {review.call.reasons.map((reason, index) => (
          <li key={`${reason.code}-${index}`} className="text-sm">
            <UntrustedText text={reason.text} />{' '}
            <code className="text-[11.5px] wrap-anywhere text-ink-3">{reason.code}</code>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What was said, why nothing can be, or the four words. On a phone it stands at the bottom. */
function WordBar(props: OpenedProps & { bodyRef: RefObject<HTMLDivElement | null> }) {
  const { review, asking, onAsk, bodyRef } = props;
  const saying = useSaying(props, () => bodyRef.current?.focus({ preventScroll: true }));
  return (
    <div
      data-word-bar
      className="border-line bg-surface px-4 py-3 max-md:order-last max-md:min-h-28 max-md:overflow-y-auto max-md:border-t md:shrink-0 md:border-b md:px-6"
    >
      {saying.error ? (
        <InlineStatus tone="error" className="mb-3">
          {t('Nothing was recorded.')} {describeError(saying.error).detail}
        </InlineStatus>
      ) : null}
      {review.mine !== null || !review.mayReview.allowed ? (
        <Closed {...props} />
      ) : asking === null ? (
        <Words onAsk={onAsk} />
      ) : (
        <FeedbackForm
          key={asking}
          initial={asking}
          reasonForRight={false}
          action={t('Record how it went')}
          pending={saying.isPending}
          onSend={(verdict, reason) =>
            saying.mutate({ verdict, ...(reason === '' ? {} : { reason }) })
          }
          onCancel={() => {
            onAsk(null);
            bodyRef.current?.focus({ preventScroll: true });
          }}
        />
      )}
    </div>
  );
}

function Words({ onAsk }: Pick<SampleDetailProps, 'onAsk'>) {
  return (
    <div role="group" aria-label={t('How did it go?')} className="flex flex-wrap gap-2">
      {FEEDBACK_CHOICES.map(({ verdict, label }, index) => (
        <Button key={verdict} className="max-md:h-11 max-md:flex-1" onClick={() => onAsk(verdict)}>
          {label} <KeyHint>{String(index + 1)}</KeyHint>
        </Button>
      ))}
    </div>
  );
}

function Closed({ review, onNext }: OpenedProps) {
  return (
    <div className="flex flex-wrap items-start gap-3">
      <div className="flex min-w-0 flex-1 basis-64 flex-col gap-2">
        {review.said.length === 0 ? (
          <p className="text-dense text-ink-2">{review.mayReview.why}</p>
        ) : (
          review.said.map((item) => (
            <div key={item.id}>
              <p className="text-sm">
                {rich('{verdict} by {person}', {
                  verdict: <strong className="font-semibold">{saidWord(item.verdict)}</strong>,
                  person: <UntrustedText text={item.name} />,
                })}{' '}
                <RelativeTime at={item.at} className="text-ink-2" />
                {item.reason === null ? null : (
                  <>
                    {': '}
                    <UntrustedText text={item.reason} />
                  </>
                )}
              </p>
              <EffectLine effect={item.effect} />
            </div>
          ))
        )}
        {review.state === 'open' ? (
          <p className="text-dense text-ink-2">
            {t('A second person looks at this without knowing your word.')}
          </p>
        ) : null}
      </div>
      {onNext === null ? null : (
        <Button onClick={onNext} className="max-md:h-11 max-md:w-full">
          {t('Next sample')} <KeyHint>j</KeyHint>
        </Button>
      )}
    </div>
  );
}

function useSaying({ id, onSaid, onAsk }: SampleDetailProps, focus: () => void) {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { verdict: FeedbackVerdict; reason?: string }) =>
      api.post<ReviewDetail>(`${samplePath(id)}/verdict`, input),
    onSuccess: (answer) => {
      client.setQueryData(reviewingKeys.sample(workspace, id), answer);
      onAsk(null);
      onSaid();
      requestAnimationFrame(focus);
    },
    onSettled: () => client.invalidateQueries({ queryKey: featureKey(workspace, 'reviewing') }),
  });
}
