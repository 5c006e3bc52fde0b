export { putPact as PUT } from '@/lib/http/console/agents';
