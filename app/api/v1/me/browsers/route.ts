export { postBrowser as POST } from '@/lib/http/console/messages';
