'use client';

import { Link } from '@/components/ui/link';
import type { ReactNode } from 'react';
import { formatScore } from '@/components/trust/score-text';
import { Badge } from '@/components/ui/badge';
import { CodeView } from '@/components/ui/code-view';
import { CopyButton } from '@/components/ui/copy-button';
import { Drawer } from '@/components/ui/dialog';
import { latePart } from '@/components/ui/late-part';
import { RelativeTime } from '@/components/ui/relative-time';
import { Skeleton } from '@/components/ui/states';
import { exactText } from '@/components/ui/time-text';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Decision } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { couldRun, fateText, fateTone } from './decision-text';
import { RISK_WORDS } from '@/components/ui/risk-words';
import { t } from '@/lib/client/language';

// Most decisions are only read.
const [FeedbackSection] = latePart(
  async () => (await import('@/components/trust/feedback/feedback-section')).FeedbackSection,
  {
    loading: <Skeleton className="h-8" />,
    get what() {
      return t('What was said of this action could not be shown.');
    },
  },
);

/** One decision in full: the exact call, every reason with its code, and what would have to change. */
export function DecisionDrawer({ decision, onClose }: { decision: Decision; onClose: () => void }) {
  return (
    <Drawer
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      width="lg"
      title={<UntrustedText text={decision.tool} mono />}
      description={<UntrustedText text={`${decision.resource.type} ${decision.resource.id}`} />}
    >
      <div className="flex flex-col gap-5">
        <Facts decision={decision} />
        <Part title={t('Why')}>
          <Reasons reasons={decision.reasons} />
        </Part>
        {couldRun(decision) ? (
          <Part title={t('How it went')}>
            <FeedbackSection decisionId={decision.id} />
          </Part>
        ) : null}
        <Part title={t('Arguments')}>
          <CodeView value={decision.arguments} label={t('Arguments')} />
        </Part>
        <Part title={t('Identifiers')}>
          <Identifier
            label={t('Decision')}
            value={decision.id}
            copy={t('Copy the id of the decision')}
          />
          {decision.sessionId ? (
            <Identifier
              label={t('Session')}
              value={decision.sessionId}
              copy={t('Copy the id of the session')}
            />
          ) : null}
          <p className="mt-1 text-xs whitespace-pre-line text-ink-2">
            {exactText(Date.parse(decision.decidedAt))}
          </p>
        </Part>
      </div>
    </Drawer>
  );
}

function Facts({ decision }: { decision: Decision }) {
  const workspace = useWorkspace();
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-dense text-ink-2">
      <Badge tone={fateTone(decision)}>{fateText(decision)}</Badge>
      <RelativeTime at={decision.decidedAt} focusable />
      <span>
        {t('score {score}, rung {rung}', {
          score: formatScore(decision.score),
          rung: decision.rung,
        })}
      </span>
      {decision.risk ? <span>{RISK_WORDS[decision.risk]}</span> : null}
      {decision.approvalId ? (
        <Link
          href={`/${workspace}/approvals/${decision.approvalId}`}
          className="text-accent underline underline-offset-2"
        >
          {t('Open the approval')}
        </Link>
      ) : null}
    </p>
  );
}

function Reasons({ reasons }: { reasons: Decision['reasons'] }) {
  return (
    <ul className="flex flex-col gap-2">
      {reasons.map((reason, index) => (
        <li key={`${reason.code}-${index}`} className="border-l-2 border-line-strong pl-3">
          <UntrustedText text={reason.text} />
          {reason.remedy ? (
            <p className="text-dense text-ink-2">
              <UntrustedText text={reason.remedy} />
            </p>
          ) : null}
          <code className="text-xs text-ink-3">{reason.code}</code>
        </li>
      ))}
    </ul>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-1.5 text-dense font-semibold">{title}</h3>
      {children}
    </section>
  );
}

function Identifier({ label, value, copy }: { label: string; value: string; copy: string }) {
  return (
    <p className="flex items-center gap-2 text-dense">
      <span className="w-16 text-ink-2">{label}</span>
      <UntrustedText text={value} mono className="min-w-0 truncate" />
      <CopyButton text={value} label={copy} />
    </p>
  );
}
