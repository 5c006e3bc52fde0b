export { caepHandler as POST } from '@/lib/http/intake/caep';
