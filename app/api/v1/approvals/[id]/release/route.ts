export { postRelease as POST } from '@/lib/http/console/approvals';
