export { getSettings as GET, postSettings as POST } from '@/lib/http/console/verdict-settings';
