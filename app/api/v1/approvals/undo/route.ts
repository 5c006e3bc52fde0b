export { postBulkUndo as POST } from '@/lib/http/console/approvals';
