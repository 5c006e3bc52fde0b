export { postRevocation as POST } from '@/lib/http/console/agents';
