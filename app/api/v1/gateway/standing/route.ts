export { standingHandler as POST } from '@/lib/http/agents/gateway';
