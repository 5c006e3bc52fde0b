export { getStepUp as GET, putStepUp as PUT } from '@/lib/http/console/passkeys';
