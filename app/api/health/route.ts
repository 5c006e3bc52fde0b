export { getHealth as GET } from '@/lib/http/console/health';
