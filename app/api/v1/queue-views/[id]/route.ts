export { deleteView as DELETE } from '@/lib/http/console/queue';
