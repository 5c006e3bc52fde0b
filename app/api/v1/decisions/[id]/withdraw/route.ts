export { withdrawHandler as POST } from '@/lib/http/agents/gateway';
