export { postKey as POST } from '@/lib/http/console/agents';
