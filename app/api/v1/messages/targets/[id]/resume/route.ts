export { postResumption as POST } from '@/lib/http/console/messages';
