export { getIncidents as GET, postIncident as POST } from '@/lib/http/console/governance';
