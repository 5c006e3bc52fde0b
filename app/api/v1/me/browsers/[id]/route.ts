export { deleteBrowser as DELETE } from '@/lib/http/console/messages';
