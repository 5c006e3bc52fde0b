export { postUndo as POST } from '@/lib/http/console/approvals';
