export { postSnooze as POST } from '@/lib/http/console/queue';
