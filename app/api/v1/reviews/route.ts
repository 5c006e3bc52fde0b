export { getReviews as GET } from '@/lib/http/console/reviewing';
