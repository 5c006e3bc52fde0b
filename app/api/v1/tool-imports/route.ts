export { getToolImports as GET } from '@/lib/http/console/gateway';
