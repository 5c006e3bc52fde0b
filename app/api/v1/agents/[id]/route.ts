export { getOneAgent as GET, patchAgent as PATCH } from '@/lib/http/console/agents';
