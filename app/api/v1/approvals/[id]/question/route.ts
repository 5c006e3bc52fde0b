export { postQuestion as POST } from '@/lib/http/console/queue';
