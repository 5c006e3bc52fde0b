import type { Metadata } from 'next';
import { FirstAgentPage } from '@/components/first-agent/first-agent-page';
import { t } from '@/lib/client/language';

export const generateMetadata = (): Metadata => ({ title: t('Register agent') });

export default function Page() {
  return <FirstAgentPage />;
}
