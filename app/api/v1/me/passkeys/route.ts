export { getPasskeys as GET, postPasskey as POST } from '@/lib/http/console/passkeys';
