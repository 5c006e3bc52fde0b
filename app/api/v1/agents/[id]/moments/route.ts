export { getMoments as GET } from '@/lib/http/console/agents';
