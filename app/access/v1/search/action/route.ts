export { actionSearchHandler as POST } from '@/lib/http/access/search';
