export { postKeyRevocation as POST } from '@/lib/http/console/agents';
