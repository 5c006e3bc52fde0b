export { tracesHandler as POST } from '@/lib/http/intake/otlp/traces';
