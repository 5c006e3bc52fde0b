export { postStepUp as POST } from '@/lib/http/console/passkeys';
