export { postLift as POST } from '@/lib/http/console/agents';
