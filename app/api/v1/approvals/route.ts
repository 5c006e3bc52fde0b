export { getApprovals as GET } from '@/lib/http/console/approvals';
