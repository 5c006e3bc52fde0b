export { getMyMessages as GET, putMyMessages as PUT } from '@/lib/http/console/messages';
