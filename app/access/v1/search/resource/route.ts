export { resourceSearchHandler as POST } from '@/lib/http/access/search';
