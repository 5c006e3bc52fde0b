export { overview as GET } from '@/lib/http/console/activity';
