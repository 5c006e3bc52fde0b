export { getSessions as GET } from '@/lib/http/console/activity';
export { openSessionHandler as POST } from '@/lib/http/agents/sessions';
