export { reportToolsHandler as POST } from '@/lib/http/agents/gateway';
