export { getLedger as GET } from '@/lib/http/console/ledger';
