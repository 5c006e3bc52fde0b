export { getQueueChanges as GET } from '@/lib/http/console/queue';
