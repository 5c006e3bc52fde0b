export { getOneReview as GET } from '@/lib/http/console/reviewing';
