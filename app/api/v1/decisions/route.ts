export { getDecisions as GET } from '@/lib/http/console/activity';
