export { getMine as GET } from '@/lib/http/console/reviewing';
