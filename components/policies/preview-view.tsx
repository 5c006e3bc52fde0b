import type { Outcome, PolicyPreview } from '@/lib/contracts';
import { numberText } from '@/components/ui/number-text';
import { OutcomeMark } from '@/components/ui/outcome-mark';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { TestResults } from './test-list';
import { Examples, WideningView } from './widening-view';

const OUTCOMES: readonly Outcome[] = ['allow', 'require_approval', 'suggest', 'deny'];

function CountTable({ counts }: Pick<PolicyPreview, 'counts'>) {
  const count = (before: Outcome, after: Outcome) =>
    counts.find((one) => one.before === before && one.after === after)?.count ?? 0;
  return (
    <div
      className="overflow-x-auto"
      tabIndex={0}
      role="region"
      aria-label="Outcomes before and after"
    >
      <table className="w-full text-dense tabular-nums">
        <thead>
          <tr className="text-left text-xs text-ink-2">
            <th scope="col" className="py-1 pr-3 font-medium">
              Today
            </th>
            {OUTCOMES.map((after) => (
              <th key={after} scope="col" className="px-2 py-1 text-right font-medium">
                <span className="sr-only">with this text: </span>
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
          {['Further', 'Less far', 'As today'].map((name) => (
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
  const which = truncated ? `the newest ${numberText(decisions)}` : `all ${numberText(decisions)}`;
  const elsewhere =
    settledElsewhere === 0
      ? ''
      : ` ${numberText(settledElsewhere)} more were settled by switches, pacts, budgets or your own decision point, whatever the policy says.`;
  return `Asked again: ${which} decisions of the last ${days} days.${elsewhere}`;
}

/** What recorded decisions would have become with a text. */
export function PreviewView({ preview }: { preview: PolicyPreview }) {
  const changed = preview.counts.filter(({ before, after }) => before !== after);
  const total = changed.reduce((sum, { count }) => sum + count, 0);
  return (
    <div className="flex flex-col gap-4">
      <WideningView widening={preview.widening} />
      <section aria-label="Recorded decisions" className="flex flex-col gap-3">
        <h3 className="text-dense font-medium">
          {total === 0
            ? 'No recorded decision would have been another'
            : `${numberText(total)} recorded decisions would have been others`}
        </h3>
        <p className="text-dense text-ink-2">{basis(preview)}</p>
        {preview.decisions > 0 ? <CountTable counts={preview.counts} /> : null}
        <div className="grid gap-4 lg:grid-cols-2">
          <ChangedTable
            title="Agent"
            rows={preview.byAgent.map((row) => ({ ...row, key: row.agentId, name: row.agentName }))}
          />
          <ChangedTable
            title="Tool"
            rows={preview.byTool.map((row) => ({ ...row, key: row.tool, name: row.tool }))}
          />
        </div>
        <Examples examples={preview.examples} />
      </section>
      <section aria-label="Tests" className="flex flex-col gap-2">
        <h3 className="text-dense font-medium">Tests</h3>
        <TestResults results={preview.tests} />
      </section>
    </div>
  );
}
