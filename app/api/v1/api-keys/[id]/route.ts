export { deleteApiKey as DELETE } from '@/lib/http/console/settings';
