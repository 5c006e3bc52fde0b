export { evaluationHandler as POST } from '@/lib/http/agents/evaluation';
