export { getWaiting as GET } from '@/lib/http/console/me';
