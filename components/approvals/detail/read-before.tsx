import { latePart } from '@/components/ui/late-part';
import { Skeleton } from '@/components/ui/states';
import type { ApprovalDetail } from '@/lib/contracts';
import { counted, t } from '@/lib/client/language';
import { Section } from './section';

// Few calls carry words from outside: the code comes with the first that does.
const [SourceText] = latePart(
  async () => (await import('@/components/trust/evidence/source-text')).SourceText,
  {
    loading: <Skeleton className="h-20" />,
    get what() {
      return t('What the agent read could not be shown.');
    },
  },
);

/** What the agent read from outside and then used in this call, each place marked with the argument it went into. */
export function ReadBefore({ sources }: Pick<ApprovalDetail, 'sources'>) {
  if (sources.length === 0) return null;
  return (
    <Section
      title={t('Where the agent read it')}
      aside={<span>{counted(sources.length, '{count} text', '{count} texts')}</span>}
    >
      <div className="flex flex-col gap-3">
        {sources.map((read) => (
          <SourceText key={read.id} read={read} />
        ))}
      </div>
    </Section>
  );
}
