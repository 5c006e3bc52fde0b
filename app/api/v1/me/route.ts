export { getMe as GET } from '@/lib/http/console/me';
