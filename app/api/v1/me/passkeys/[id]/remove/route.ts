export { postPasskeyRemoval as POST } from '@/lib/http/console/passkeys';
