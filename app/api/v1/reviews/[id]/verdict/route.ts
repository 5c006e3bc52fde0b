export { postReviewVerdict as POST } from '@/lib/http/console/reviewing';
