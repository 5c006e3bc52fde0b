export { postBaseTry as POST } from '@/lib/http/console/base-policy';
