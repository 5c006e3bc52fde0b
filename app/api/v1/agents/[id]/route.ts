export { getOneAgent as GET } from '@/lib/http/console/agents';
