import type { Metadata } from 'next';
import { FirstAgentPage } from '@/components/first-agent/first-agent-page';

export const metadata: Metadata = { title: 'Register agent' };

export default function Page() {
  return <FirstAgentPage />;
}
