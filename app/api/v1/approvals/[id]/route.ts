export { getOneApproval as GET } from '@/lib/http/console/approvals';
