export { accessRequestHandler as POST } from '@/lib/http/access/requests';
