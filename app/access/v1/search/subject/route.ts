export { subjectSearchHandler as POST } from '@/lib/http/access/search';
