export { postRotation as POST } from '@/lib/http/console/messages';
