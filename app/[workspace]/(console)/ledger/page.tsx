import type { Metadata } from 'next';
import { LedgerPage } from '@/components/ledger/ledger-page';
import { ledgerQuery } from '@/lib/client/governance-queries';
import { ledgerQuerySchema } from '@/lib/contracts';
import { listLedger } from '@/lib/services/ledger/list';
import { oneOf, Prefetched, type ConsolePageProps } from '../prefetched';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Ledger') });

export default async function Page({ params, searchParams }: ConsolePageProps) {
  const { workspace } = await params;
  const given = await searchParams;
  const filters = { kind: oneOf(given['kind']) ?? '', subject: oneOf(given['subject']) ?? '' };
  const query = ledgerQuerySchema.safeParse({
    kind: filters.kind || undefined,
    subject: filters.subject || undefined,
  });
  return (
    <Prefetched
      workspace={workspace}
      prefetch={async (client, context) => {
        if (!query.success) return;
        await client.prefetchInfiniteQuery({
          ...ledgerQuery(workspace, filters),
          queryFn: () => listLedger(context, query.data),
        });
      }}
    >
      <LedgerPage />
    </Prefetched>
  );
}
