import { Link } from '@/components/ui/link';
import { argumentName, callPath } from '@/components/trust/evidence/evidence-words';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail, SinceSimilar, ValueChange } from '@/lib/contracts';
import { counted, t, texts } from '@/lib/client/language';
import { rowsOf } from '../argument-rows';
import { decisionWords } from '../decision-words';
import { FoldedText } from './folded-text';
import { Section } from './section';

const WORDS: Readonly<Record<ValueChange['change'], string>> = texts({
  changed: 'changed',
  new: 'new',
  gone: 'gone',
  same: 'the same',
});

interface SinceSimilarProps {
  approval: ApprovalDetail;
  workspace: string;
}

/** What is different from the agent's last call of the tool that was approved or executed. */
export function SinceSimilarSection({ approval, workspace }: SinceSimilarProps) {
  const { sinceSimilar, agent } = approval;
  if (sinceSimilar === null)
    return (
      <Section title={t('Compared with the last like it')}>
        <p className="text-dense text-ink-2">
          {t('None of the agent’s earlier calls of this tool was approved or executed.')}
        </p>
      </Section>
    );
  const { decision, counts } = sinceSimilar;
  const href = callPath(workspace, agent.id, {
    sessionId: decision.sessionId,
    decisionId: decision.id,
  });
  return (
    <Section
      title={t('Compared with the last like it')}
      aside={
        <>
          <Link
            href={href}
            className="inline-flex min-h-6 items-center text-accent hover:underline"
          >
            {decisionWords(decision)}
          </Link>
          <RelativeTime at={decision.decidedAt} />
        </>
      }
    >
      {counts.changed + counts.new + counts.gone === 0 ? (
        <p className="text-dense font-medium">
          {t('Every value is the same: approved, the agent does it once more.')}
        </p>
      ) : (
        <Changes approval={approval} since={sinceSimilar} />
      )}
    </Section>
  );
}

function Changes({ approval, since }: { approval: ApprovalDetail; since: SinceSimilar }) {
  const labels = new Map(rowsOf(approval).map(({ path, label }) => [path, label]));
  const nameOf = ({ path }: ValueChange) => labels.get(path) ?? argumentName(path);
  const other = since.changes.filter(({ change }) => change !== 'same');
  const same = since.changes.filter(({ change }) => change === 'same');
  const { changed, new: fresh, gone, same: alike } = since.counts;
  const unlisted = changed + fresh + gone - other.length;
  return (
    <>
      <ul className="divide-y divide-line overflow-hidden rounded-md border border-line">
        {other.map((change) => (
          <ChangeLine key={change.path} change={change} name={nameOf(change)} />
        ))}
        {unlisted > 0 ? (
          <li className="px-3 py-1.5 text-dense font-medium">
            {counted(
              unlisted,
              'And {count} more value that is different.',
              'And {count} more values that are different.',
            )}
          </li>
        ) : null}
      </ul>
      {alike === 0 ? null : (
        <details className="mt-1.5 text-dense text-ink-2">
          <summary className="w-fit cursor-pointer py-0.5">
            {counted(alike, '{count} value the same', '{count} values the same')}
          </summary>
          <p className="pt-1">
            {same.map((change, index) => (
              <span key={change.path}>
                {index > 0 ? ', ' : ''}
                <UntrustedText text={nameOf(change)} mono />
              </span>
            ))}
            {same.length < alike ? ` ${t('and {more} more', { more: alike - same.length })}` : ''}
          </p>
        </details>
      )}
    </>
  );
}

function ChangeLine({ change, name }: { change: ValueChange; name: string }) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 px-3 py-1.5 lg:grid-cols-[minmax(96px,28%)_minmax(0,1fr)_auto]">
      <UntrustedText text={name} mono className="leading-5 text-ink-2" />
      <div className="grid min-w-0 gap-y-0.5 leading-5 max-lg:order-3 max-lg:col-span-2">
        {change.was === undefined ? null : <Value word={t('then')} value={change.was} />}
        {change.is === undefined ? null : <Value word={t('now')} value={change.is} strong />}
      </div>
      <span className="text-right text-xs leading-5 font-medium text-ink-2 max-lg:order-2">
        {WORDS[change.change]}
      </span>
    </li>
  );
}

function Value({
  word,
  value,
  strong,
}: {
  word: string;
  value: NonNullable<ValueChange['is']> | null;
  strong?: boolean;
}) {
  return (
    <div className="grid min-w-0 grid-cols-[3.5ch_minmax(0,1fr)] gap-x-2">
      <span className="text-xs leading-5 text-ink-3">{word}</span>
      <div className={strong ? 'min-w-0 font-semibold' : 'min-w-0 text-ink-2'}>
        <FoldedText text={typeof value === 'string' ? quoted(value) : JSON.stringify(value)} mono />
      </div>
    </div>
  );
}

/** Text that would read as another kind of value, or as nothing, stands in quotes. */
function quoted(text: string): string {
  return /^\s*(-?\d[\d.eE+-]*|true|false|null|\{\}|\[\])?\s*$/.test(text)
    ? JSON.stringify(text)
    : text;
}
