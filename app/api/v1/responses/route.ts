export { getResponses as GET } from '@/lib/http/console/governance';
