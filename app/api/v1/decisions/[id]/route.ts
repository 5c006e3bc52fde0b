export { decisionStatusHandler as GET } from '@/lib/http/agents/decisions';
