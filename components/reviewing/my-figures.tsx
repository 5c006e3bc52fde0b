'use client';

import { useQuery } from '@tanstack/react-query';
import { Link } from '@/components/ui/link';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { RelativeTime } from '@/components/ui/relative-time';
import { Segmented } from '@/components/ui/segmented';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { useWorkspace } from '@/lib/client/session';
import { useAddress } from '@/lib/client/use-address';
import type { MyReviewing } from '@/lib/contracts';
import { FIGURE_ROWS } from './figure-text';
import { myReviewingOptions, spanOf, SPANS } from './queries';
import { cx } from '@/components/ui/class-names';
import { numberText } from '@/components/ui/number-text';
import { counted, rich, t, texts } from '@/lib/client/language';

/** One's own figures, before anybody else's. */
export function MyFigures() {
  const { get, change } = useAddress();
  const days = spanOf(get('days'));
  const query = useQuery(myReviewingOptions(useWorkspace(), days));
  return (
    <div className="flex flex-col gap-4">
      <Panel
        flush
        title={t('Your verdicts')}
        description={t('only you see these')}
        actions={
          <Segmented
            label={t('Over how many days')}
            size="sm"
            value={String(days)}
            options={SPANS.map((span) => ({
              value: String(span),
              label: t('{n} days', { n: span }),
            }))}
            onChange={(value) => change({ days: value === '30' ? undefined : value })}
          />
        }
      >
        <QueryView query={query} what={t('Your figures could not be loaded.')}>
          {(mine) => <FigureTable mine={mine} />}
        </QueryView>
      </Panel>
      {query.data === undefined ? null : (
        <div className="grid items-start gap-4 xl:grid-cols-2">
          <WeightPanel weight={query.data.weight} />
          <ContradictionsPanel items={query.data.contradictions} />
        </div>
      )}
    </div>
  );
}

const CELL = 'px-4 py-2 align-top';

function FigureTable({ mine }: { mine: MyReviewing }) {
  const { now, before, days } = mine;
  return (
    <div className="overflow-x-auto">
      <table className="w-full text-left text-dense">
        <caption className="px-4 py-2 text-left text-ink-2">
          {counted(
            now.verdicts,
            '{count} verdict in the last {days} days, {before} in the {days} days before.',
            '{count} verdicts in the last {days} days, {before} in the {days} days before.',
            { days, before: before.verdicts },
          )}
        </caption>
        <thead>
          <tr className="border-y border-line text-ink-2">
            <th scope="col" className={`${CELL} font-medium`}>
              {t('What')}
            </th>
            <th scope="col" className={`${CELL} font-medium`}>
              {t('Last {days} days', { days })}
            </th>
            <th scope="col" className={`${CELL} font-medium max-sm:hidden`}>
              {t('The {days} before', { days })}
            </th>
          </tr>
        </thead>
        <tbody>
          {FIGURE_ROWS.map(({ name, means, read }) => (
            <tr key={name} className="border-b border-line last:border-b-0">
              <th scope="row" className={`${CELL} font-normal`}>
                <span className="block font-medium">{name}</span>
                <span className="block text-xs text-ink-2">{means}</span>
              </th>
              <Figure {...read(now)} strong />
              <Figure {...read(before)} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Figure({ value, counts, strong }: { value: string; counts: string; strong?: boolean }) {
  return (
    <td className={strong ? CELL : `${CELL} max-sm:hidden`}>
      <span
        className={cx('block whitespace-nowrap', strong ? 'text-base font-semibold' : 'text-ink-2')}
      >
        {value}
      </span>
      <span className="block text-xs text-ink-2">{counts}</span>
    </td>
  );
}

function WeightPanel({ weight }: { weight: MyReviewing['weight'] }) {
  const enough = weight.good + weight.bad >= weight.minimum;
  return (
    <Panel title={t('What your verdicts count for')}>
      <p className="text-sm">
        {rich('{weight} of a full verdict in the scores of agents.', {
          weight: <strong className="text-lg font-semibold">{numberText(weight.value, 2)}</strong>,
        })}
      </p>
      <p className="mt-1 text-dense text-ink-2">
        {enough
          ? t(
              'Measured over 90 days: {good} for, {bad} against. Canaries caught and agreement speak for; canaries missed, verdicts spoken against and half of each disagreement speak against.',
              { good: weight.good, bad: weight.bad },
            )
          : t(
              'Too little is known yet to say anything else: {trials} trials of {minimum}. Until then every verdict counts in full.',
              { trials: weight.good + weight.bad, minimum: weight.minimum },
            )}
      </p>
    </Panel>
  );
}

const OUTCOMES = texts({ approved: 'approved', rejected: 'rejected' });

const BY: Readonly<Record<MyReviewing['contradictions'][number]['by'], string>> = texts({
  feedback: 'somebody said later that it was not right',
  incident: 'it led to an incident',
  rejected_alike: 'the same call was approved later and was right',
});

function ContradictionsPanel({ items }: { items: MyReviewing['contradictions'] }) {
  const workspace = useWorkspace();
  return (
    <Panel
      title={t('Worth a second look')}
      description={t('verdicts that what came later spoke against')}
    >
      {items.length === 0 ? (
        <p className="text-dense text-ink-2">{t('None in this time.')}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line">
          {items.map((item) => (
            <li key={item.approvalId} className="py-1.5 text-dense first:pt-0 last:pb-0">
              <Link
                href={`/${workspace}/approvals/${item.approvalId}`}
                className="font-medium text-accent hover:underline"
              >
                <UntrustedText text={item.tool} mono />
              </Link>{' '}
              <span className="text-ink-2">
                {rich('by {agent}, {outcome} {time}: {why}', {
                  agent: <UntrustedText text={item.agentName} />,
                  outcome: OUTCOMES[item.outcome],
                  time: <RelativeTime at={item.decidedAt} />,
                  why: BY[item.by],
                })}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}
