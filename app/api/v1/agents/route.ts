export { getAgents as GET, postAgent as POST } from '@/lib/http/console/agents';
