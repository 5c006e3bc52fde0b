import type { ReactNode } from 'react';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { TextView } from '@/components/ui/code-view';
import { RelativeTime } from '@/components/ui/relative-time';
import type { OutsideHealth } from '@/lib/contracts';
import { rich, t, texts } from '@/lib/client/language';

type Status = OutsideHealth['status'];

const STATUSES: Readonly<Record<Status, { readonly word: string; readonly tone: BadgeTone }>> = {
  off: {
    get word() {
      return t('off');
    },
    tone: 'neutral',
  },
  unasked: {
    get word() {
      return t('not asked yet');
    },
    tone: 'neutral',
  },
  working: {
    get word() {
      return t('answers');
    },
    tone: 'neutral',
  },
  failing: {
    get word() {
      return t('fails');
    },
    tone: 'severity-2',
  },
  resting: {
    get word() {
      return t('fails, left alone');
    },
    tone: 'severity-1',
  },
};

export function StatusBadge({ status }: { status: Status }) {
  const { word, tone } = STATUSES[status];
  return <Badge tone={tone}>{word}</Badge>;
}

const CIRCUIT_WORDS = texts({
  closed: 'closed: asked as usual',
  open: 'open: not asked for now',
  trying: 'trying: one question is on its way',
});

/** Names and values; on a phone one under the other. */
export function Facts({ children }: { children: ReactNode }) {
  return (
    <dl className="grid grid-cols-[10rem_minmax(0,1fr)] gap-y-1.5 text-dense max-sm:grid-cols-1 max-sm:gap-y-0.5">
      {children}
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt className="text-ink-2 max-sm:mt-1.5">{name}</dt>
      <dd className="wrap-anywhere">{children}</dd>
    </>
  );
}

/** Who named it, when and why. */
export function Named({
  by,
  at,
  reason,
}: {
  by: string;
  at: string | null;
  reason: string;
}): ReactNode {
  if (at === null) return reason;
  return rich('by {person}, {time}: {reason}', {
    person: by,
    time: <RelativeTime at={at} focusable />,
    reason,
  });
}

/** What one process has seen since it started or the setting changed. */
export function HealthFacts({ health }: { health: OutsideHealth }) {
  const { latency, lastFailure, lastAnswerAt, retryAt } = health;
  return (
    <>
      <Fact name={t('Questions')}>
        {t('{asked} asked, {failed} failed', { asked: health.asked, failed: health.failed })}
      </Fact>
      <Fact name={t('Answers take')}>
        {latency === null
          ? t('not known yet')
          : t('{usually} ms usually (p50), {worst} ms at worst (p99), of the last {answers}', {
              usually: latency.p50Ms,
              worst: latency.p99Ms,
              answers: latency.answers,
            })}
      </Fact>
      <Fact name={t('Last answer')}>
        {lastAnswerAt === null ? t('none yet') : <RelativeTime at={lastAnswerAt} focusable />}
      </Fact>
      <Fact name={t('Last failure')}>
        {lastFailure === null ? (
          t('none')
        ) : (
          <>
            {lastFailure.text} (<code>{lastFailure.code}</code>){' '}
            <RelativeTime at={lastFailure.at} focusable />
          </>
        )}
      </Fact>
      <Fact name={t('Circuit')}>
        {retryAt === null
          ? CIRCUIT_WORDS[health.circuit]
          : rich('{state}, tried again {time}', {
              state: CIRCUIT_WORDS[health.circuit],
              time: <RelativeTime at={retryAt} focusable />,
            })}
      </Fact>
    </>
  );
}

/** The setting is versioned and changed through the API; the token is in nobody's browser then. */
export function HowToChange({ label, path, body }: { label: string; path: string; body: unknown }) {
  const command = [
    `curl "$BELAY_URL${path}" \\`,
    `  -H "Authorization: Bearer $BELAY_KEY" -H 'content-type: application/json' \\`,
    `  -d '${JSON.stringify(body, null, 2)}'`,
  ].join('\n');
  return (
    <details className="text-dense">
      <summary className="min-h-6 cursor-pointer font-medium">{t('How to change it')}</summary>
      <p className="my-2 max-w-[72ch] text-ink-2">
        {t(
          'An admin changes it through the API, with a key of the role admin. The change is a new version, stands in the ledger, and counts from its answer on.',
        )}
      </p>
      <TextView label={label} text={command} />
    </details>
  );
}
