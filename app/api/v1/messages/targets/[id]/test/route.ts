export { postTargetTest as POST } from '@/lib/http/console/messages';
