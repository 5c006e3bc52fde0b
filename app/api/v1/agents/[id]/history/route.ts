export { getHistory as GET } from '@/lib/http/console/agents';
