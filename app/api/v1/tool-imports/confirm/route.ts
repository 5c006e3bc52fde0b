export { postToolConfirmation as POST } from '@/lib/http/console/gateway';
