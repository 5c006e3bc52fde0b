export { openSecretsHandler as POST } from '@/lib/http/agents/gateway';
