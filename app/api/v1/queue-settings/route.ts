export { getSettings as GET, putSettings as PUT } from '@/lib/http/console/queue';
