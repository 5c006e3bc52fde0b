export { postApproval as POST } from '@/lib/http/console/approvals';
