export { getMessages as GET, putMessages as PUT } from '@/lib/http/console/messages';
