export { postComment as POST } from '@/lib/http/console/approvals';
