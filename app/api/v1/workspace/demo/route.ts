export { deleteDemo as DELETE } from '@/lib/http/console/settings';
