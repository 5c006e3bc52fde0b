export { postPolicyApproval as POST } from '@/lib/http/console/policies';
