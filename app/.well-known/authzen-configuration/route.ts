import { authzenConfigurationHandler } from '@/lib/http/agents/discovery';

export const dynamic = 'force-dynamic';
export const GET = authzenConfigurationHandler;
