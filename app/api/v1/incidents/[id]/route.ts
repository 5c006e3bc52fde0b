export { getOneIncident as GET, patchIncident as PATCH } from '@/lib/http/console/governance';
