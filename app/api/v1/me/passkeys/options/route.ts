export { postPasskeyOptions as POST } from '@/lib/http/console/passkeys';
