import dynamic from 'next/dynamic';
import { countText } from '@/components/ui/number-text';
import { Skeleton } from '@/components/ui/states';
import type { ApprovalDetail } from '@/lib/contracts';
import { Section } from './section';

// Few calls carry words from outside: the code comes with the first that does.
const SourceText = dynamic(
  () => import('@/components/trust/evidence/source-text').then((module) => module.SourceText),
  { loading: () => <Skeleton className="h-20" /> },
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
