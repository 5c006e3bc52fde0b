export { postVerification as POST } from '@/lib/http/console/ledger';
