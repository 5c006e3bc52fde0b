export { openApiHandler as GET } from '@/lib/http/openapi';
