export { postHandOver as POST } from '@/lib/http/console/queue';
