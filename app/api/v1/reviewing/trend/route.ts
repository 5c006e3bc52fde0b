export { getTrend as GET } from '@/lib/http/console/reviewing';
