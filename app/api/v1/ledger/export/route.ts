export { getExport as GET } from '@/lib/http/console/ledger';
