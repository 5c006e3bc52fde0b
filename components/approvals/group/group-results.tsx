import { CircleCheck, CircleX } from 'lucide-react';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { BulkVerdict } from '@/lib/contracts';
import { counted, t } from '@/lib/client/language';
import { valueText } from '@/components/trust/grants/grant-words';
import { placeTitle } from './call-facts';
import type { GroupTable } from './group-table';

const WORDS: Readonly<
  Record<BulkVerdict['results'][number]['outcome'], (count: number) => string>
> = {
  approved: (count) => t('{count} approved', { count }),
  rejected: (count) => t('{count} rejected', { count }),
  waiting: (count) => t('{count} approved by you, wait for a second person', { count }),
  canary: (count) =>
    counted(
      count,
      '{count} was a canary: made up, and never carried out',
      '{count} were canaries: made up, and never carried out',
    ),
  refused: (count) => t('{count} not decided', { count }),
};

/** What became of each: the numbers first, then every call that was not decided, and why. */
export function GroupResults({ answer, table }: { answer: BulkVerdict; table: GroupTable }) {
  const refused = answer.results.filter(({ outcome }) => outcome === 'refused');
  const counts = Object.entries(WORDS).flatMap(([outcome, words]) => {
    const count = answer.results.filter((result) => result.outcome === outcome).length;
    return count === 0 ? [] : [{ outcome, text: words(count) }];
  });
  return (
    <div role="status" className="flex flex-col gap-3">
      <ul className="flex flex-col gap-1 text-sm font-medium">
        {counts.map(({ outcome, text }) => {
          const Icon = outcome === 'refused' ? CircleX : CircleCheck;
          return (
            <li key={outcome} className="flex items-center gap-2">
              <Icon aria-hidden size={16} className="shrink-0" />
              {text}
            </li>
          );
        })}
      </ul>
      {refused.length === 0 ? null : (
        <ul className="flex flex-col gap-1 text-dense">
          {refused.map(({ id, text }) => (
            <li key={id}>
              <span className="text-ink-2">
                <UntrustedText text={lineText(table, id)} mono />
              </span>
              : {text}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}

/** The values that tell a call from the others. */
function lineText({ lines, columns }: GroupTable, id: string): string {
  const values = lines.find(({ approval }) => approval.id === id)?.values ?? [];
  return values
    .map((value, index) => `${placeTitle(columns[index] ?? '')} ${valueText(value ?? null)}`)
    .join(', ');
}
