export { opaHandler as POST } from '@/lib/http/intake/opa';
