export { postGrantReject as POST } from '@/lib/http/access/grant-requests';
