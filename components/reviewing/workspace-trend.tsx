'use client';

import { useQuery } from '@tanstack/react-query';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import { useWorkspace } from '@/lib/client/session';
import type { ReviewingTrend } from '@/lib/contracts';
import { FIGURE_ROWS } from './figure-text';
import { trendOptions } from './queries';
import { spokenDay, spokenNumber, t } from '@/lib/client/language';

/** How the workspace reviews, week by week: no names, no order of people. */
export function WorkspaceTrend() {
  const query = useQuery(trendOptions(useWorkspace()));
  return (
    <Panel flush title={t('The workspace')} description={t('week by week, without names')}>
      <QueryView query={query} what={t('The trend could not be loaded.')}>
        {(trend) => <TrendTable trend={trend} />}
      </QueryView>
    </Panel>
  );
}

const CELL = 'px-3 py-2 align-top';

function TrendTable({ trend }: { trend: ReviewingTrend }) {
  const { weeks, fewest, samples } = trend;
  return (
    <>
      <div
        role="region"
        aria-label={t('Figures of the workspace by week')}
        tabIndex={0}
        className="overflow-x-auto focus-visible:-outline-offset-2"
      >
        <table className="w-full min-w-[760px] text-left text-dense">
          <thead>
            <tr className="border-b border-line text-ink-2">
              <th scope="col" className={`${CELL} font-medium`}>
                {t('Week from')}
              </th>
              <th scope="col" className={`${CELL} font-medium`}>
                {t('Verdicts')}
              </th>
              {FIGURE_ROWS.map(({ name }) => (
                <th key={name} scope="col" className={`${CELL} font-medium`}>
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {weeks.map((week) => (
              <WeekRow key={week.from} week={week} fewest={fewest} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="border-t border-line px-4 py-2 text-dense text-ink-2">
        {t(
          'Samples drawn in these weeks: {drawn}, looked at {done}, open {open}, left {lapsed}. A week of fewer than {fewest} people shows nothing, so that no figure is one person’s.',
          { ...samples, fewest },
        )}
      </p>
    </>
  );
}

function WeekRow({ week, fewest }: { week: ReviewingTrend['weeks'][number]; fewest: number }) {
  const { from, figures, reviewers } = week;
  return (
    <tr className="border-b border-line last:border-b-0">
      <th scope="row" className={`${CELL} font-normal whitespace-nowrap`}>
        {spokenDay(Date.parse(from), true)}
      </th>
      {figures === null ? (
        <td colSpan={FIGURE_ROWS.length + 1} className={`${CELL} text-ink-2`}>
          {reviewers === 0 ? t('No verdicts') : t('Fewer than {fewest} people', { fewest })}
        </td>
      ) : (
        <>
          <td className={CELL}>{spokenNumber(figures.verdicts)}</td>
          {FIGURE_ROWS.map(({ name, read }) => {
            const { value, counts } = read(figures);
            return (
              <td key={name} className={CELL}>
                <span className="block font-medium">{value}</span>
                <span className="block text-xs text-ink-2">{counts}</span>
              </td>
            );
          })}
        </>
      )}
    </tr>
  );
}
