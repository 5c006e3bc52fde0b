export { getBaseHealth as GET } from '@/lib/http/console/base-policy';
