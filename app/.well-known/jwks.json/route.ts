import { jwksHandler } from '@/lib/http/agents/discovery';

export const dynamic = 'force-dynamic';
export const GET = jwksHandler;
