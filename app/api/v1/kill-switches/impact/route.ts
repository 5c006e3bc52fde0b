export { getImpact as GET } from '@/lib/http/console/kill-switches';
