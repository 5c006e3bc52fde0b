export { getDirectoryEntry as GET } from '@/lib/http/console/directory';
