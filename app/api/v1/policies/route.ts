export { getPolicies as GET, postPolicy as POST } from '@/lib/http/console/policies';
