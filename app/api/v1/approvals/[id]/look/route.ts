export { postLook as POST } from '@/lib/http/console/reviewing';
