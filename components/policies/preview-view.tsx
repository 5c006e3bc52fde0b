import type { Outcome, PolicyPreview } from '@/lib/contracts';
import { numberText } from '@/components/ui/number-text';
import { OutcomeMark } from '@/components/ui/outcome-mark';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { TestResults } from './test-list';
import { Examples, WideningView } from './widening-view';
import { counted, t } from '@/lib/client/language';

const OUTCOMES: readonly Outcome[] = ['allow', 'require_approval', 'suggest', 'deny'];

function CountTable({ counts }: Pick<PolicyPreview, 'counts'>) {
  const count = (before: Outcome, after: Outcome) =>
    counts.find((one) => one.before === before && one.after === after)?.count ?? 0;
  return (
    <div
      className="overflow-x-auto"
      tabIndex={0}
      role="region"
      aria-label={t('Outcomes before and after')}
    >
      <table className="w-full text-dense tabular-nums">
        <thead>
          <tr className="text-left text-xs text-ink-2">
            <th scope="col" className="py-1 pr-3 font-medium">
              {t('Today')}
            </th>
            {OUTCOMES.map((after) => (
              <th key={after} scope="col" className="px-2 py-1 text-right font-medium">
                <span className="sr-only">{t('with this text:')} </span>
                <OutcomeMark outcome={after} settled />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {OUTCOMES.map((before) => (
            <tr key={before} className="border-t border-line">
              <th scope="row" className="py-1.5 pr-3 text-left font-normal">
                <OutcomeMark outcome={before} settled />
              </th>
              {OUTCOMES.map((after) => {
                const found = count(before, after);
                const changed = before !== after && found > 0;
                return (
                  <td
                    key={after}
                    className={`px-2 py-1.5 text-right ${changed ? 'bg-accent-soft font-semibold' : 'text-ink-2'}`}
                  >
                    {numberText(found)}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface ChangeRow {
  readonly key: string;
  readonly name: string;
  readonly wider: number;
  readonly narrower: number;
  readonly same: number;
}

function ChangedTable({ title, rows }: { title: string; rows: readonly ChangeRow[] }) {
  if (rows.length === 0) return null;
  return (
    <table className="w-full text-dense tabular-nums">
      <thead>
        <tr className="text-xs text-ink-2">
          <th scope="col" className="py-1 text-left font-medium">
            {title}
          </th>
          {[t('Further'), t('Less far'), t('As today')].map((name) => (
            <th key={name} scope="col" className="px-2 py-1 text-right font-medium">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key} className="border-t border-line">
            <th scope="row" className="py-1.5 text-left font-normal wrap-anywhere">
              <UntrustedText text={row.name} />
            </th>
            {[row.wider, row.narrower, row.same].map((number, index) => (
              <td key={index} className="px-2 py-1.5 text-right">
                {numberText(number)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function basis({ decisions, days, settledElsewhere, truncated }: PolicyPreview): string {
  const time = counted(days, 'the last {count} day', 'the last {count} days');
  const asked = truncated
    ? t('Asked again: the newest {decisions} decisions of {time}.', { decisions, time })
    : t('Asked again: all {decisions} decisions of {time}.', { decisions, time });
  if (settledElsewhere === 0) return asked;
  const elsewhere = counted(
    settledElsewhere,
    '{count} more was settled by switches, pacts, budgets or your own decision point, whatever the policy says.',
    '{count} more were settled by switches, pacts, budgets or your own decision point, whatever the policy says.',
  );
  return `${asked} ${elsewhere}`;
}

/** What recorded decisions would have become with a text. */
export function PreviewView({ preview }: { preview: PolicyPreview }) {
  const changed = preview.counts.filter(({ before, after }) => before !== after);
  const total = changed.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="flex flex-col gap-4">
      <WideningView widening={preview.widening} />
      <section aria-label={t('Recorded decisions')} className="flex flex-col gap-3">
        <h3 className="text-dense font-medium">
          {total === 0
            ? t('No recorded decision would have been another')
            : counted(
                total,
                '{count} recorded decision would have been another',
                '{count} recorded decisions would have been others',
              )}
        </h3>
        <p className="text-dense text-ink-2">{basis(preview)}</p>
        {preview.decisions > 0 ? <CountTable counts={preview.counts} /> : null}
        <div className="grid gap-4 lg:grid-cols-2">
          <ChangedTable
            title={t('Agent')}
            rows={preview.byAgent.map((row) => ({ ...row, key: row.agentId, name: row.agentName }))}
          />
          <ChangedTable
            title={t('Tool')}
            rows={preview.byTool.map((row) => ({ ...row, key: row.tool, name: row.tool }))}
          />
        </div>
        <Examples examples={preview.examples} />
      </section>
      <section aria-label={t('Tests')} className="flex flex-col gap-2">
        <h3 className="text-dense font-medium">{t('Tests')}</h3>
        <TestResults results={preview.tests} />
      </section>
    </div>
  );
}
