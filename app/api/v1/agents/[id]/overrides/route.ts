export { postOverride as POST } from '@/lib/http/console/agents';
