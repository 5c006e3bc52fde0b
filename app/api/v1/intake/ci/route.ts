export { ciHandler as POST } from '@/lib/http/intake/ci';
