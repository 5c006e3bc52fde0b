export { postPolicyWithdrawal as POST } from '@/lib/http/console/policies';
