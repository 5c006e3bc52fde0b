export { postPolicyPreview as POST } from '@/lib/http/console/policies';
