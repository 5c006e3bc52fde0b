export { getOneMoment as GET } from '@/lib/http/console/agents';
