export { postRootCause as POST } from '@/lib/http/console/governance';
