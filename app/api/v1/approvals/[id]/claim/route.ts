export { postClaim as POST } from '@/lib/http/console/approvals';
