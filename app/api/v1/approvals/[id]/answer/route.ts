export { postAnswer as POST } from '@/lib/http/console/queue';
