export { evaluationsHandler as POST } from '@/lib/http/agents/evaluation';
