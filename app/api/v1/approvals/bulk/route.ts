export { postBulk as POST } from '@/lib/http/console/approvals';
