export { getSecrets as GET, postSecret as POST } from '@/lib/http/console/gateway';
