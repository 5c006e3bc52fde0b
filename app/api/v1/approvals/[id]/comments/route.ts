export { getComments as GET } from '@/lib/http/console/approvals';
