export { postMailTest as POST } from '@/lib/http/console/messages';
