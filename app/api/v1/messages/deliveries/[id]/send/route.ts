export { postSendAgain as POST } from '@/lib/http/console/messages';
