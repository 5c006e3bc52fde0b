export { postRejection as POST } from '@/lib/http/console/approvals';
