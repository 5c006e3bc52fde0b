export { postAssignment as POST } from '@/lib/http/console/queue';
