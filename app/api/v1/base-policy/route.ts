export { getBase as GET, postBase as POST } from '@/lib/http/console/base-policy';
