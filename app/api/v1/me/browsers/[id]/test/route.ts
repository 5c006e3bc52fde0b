export { postBrowserTest as POST } from '@/lib/http/console/messages';
