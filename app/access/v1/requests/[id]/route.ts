export { accessTaskHandler as GET } from '@/lib/http/access/requests';
