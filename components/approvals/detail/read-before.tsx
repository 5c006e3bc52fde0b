import { latePart } from '@/components/ui/late-part';
import { countText } from '@/components/ui/number-text';
import { Skeleton } from '@/components/ui/states';
import type { ApprovalDetail } from '@/lib/contracts';
import { Section } from './section';

// Few calls carry words from outside: the code comes with the first that does.
const [SourceText] = latePart(
  async () => (await import('@/components/trust/evidence/source-text')).SourceText,
  { loading: <Skeleton className="h-20" />, what: 'What the agent read could not be shown.' },
);

/** What the agent read from outside and then used in this call, each place marked with the argument it went into. */
export function ReadBefore({ sources }: Pick<ApprovalDetail, 'sources'>) {
  if (sources.length === 0) return null;
  return (
    <Section
      title="Where the agent read it"
      aside={<span>{countText(sources.length, 'text')}</span>}
    >
      <div className="flex flex-col gap-3">
        {sources.map((read) => (
          <SourceText key={read.id} read={read} />
        ))}
      </div>
    </Section>
  );
}
