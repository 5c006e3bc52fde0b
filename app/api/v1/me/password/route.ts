export { postPassword as POST } from '@/lib/http/console/me';
