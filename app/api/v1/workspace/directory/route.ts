export { getDirectory as GET, putDirectory as PUT } from '@/lib/http/console/directory';
