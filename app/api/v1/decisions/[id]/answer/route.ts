export { answerHandler as POST } from '@/lib/http/agents/decisions';
