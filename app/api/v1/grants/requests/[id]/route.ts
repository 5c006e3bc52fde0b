export { getGrantRequest as GET } from '@/lib/http/access/grant-requests';
