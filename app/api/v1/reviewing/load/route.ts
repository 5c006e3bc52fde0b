export { getMyLoad as GET } from '@/lib/http/console/reviewing';
