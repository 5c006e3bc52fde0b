import { Link } from '@/components/ui/link';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { useWorkspace } from '@/lib/client/session';
import { refWords } from './ref-words';
import { t } from '@/lib/client/language';

export type Names = Readonly<Record<string, string>>;

/** Who or what an entry names, on one line: the name, and enough of the id to tell two apart. */
export function ShortRef({ value, names }: { value: string; names: Names }) {
  const { name, short } = refWords(value, names);
  if (name === undefined) return <UntrustedText mono text={short} className="line-clamp-1" />;
  return (
    <span className="line-clamp-1">
      <UntrustedText text={name} />{' '}
      <code className="text-xs text-ink-3">
        <UntrustedText text={short} />
      </code>
    </span>
  );
}

/** The same in full, with a link to where the console shows it. */
export function FullRef({ value, names }: { value: string; names: Names }) {
  const workspace = useWorkspace();
  const { name, path } = refWords(value, names);
  return (
    <>
      {name === undefined ? null : <UntrustedText text={name} className="block" />}
      <UntrustedText mono text={value} />
      {path === undefined ? null : (
        <Link
          href={`/${workspace}/${path}`}
          className="ml-2 whitespace-nowrap text-accent underline underline-offset-2"
        >
          {t('Open')}
        </Link>
      )}
    </>
  );
}
