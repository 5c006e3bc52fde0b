export { postTarget as POST } from '@/lib/http/console/messages';
