export { getGrants as GET } from '@/lib/http/console/grants';
