export { outcomeHandler as POST } from '@/lib/http/agents/decisions';
