export { getKeys as GET, postKey as POST } from '@/lib/http/console/agents';
