export { postTargetRemoval as POST } from '@/lib/http/console/messages';
