export { postGrantApprove as POST } from '@/lib/http/access/grant-requests';
