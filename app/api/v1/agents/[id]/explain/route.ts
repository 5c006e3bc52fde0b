export { getExplanation as GET } from '@/lib/http/console/agents';
