export { getReviewers as GET } from '@/lib/http/console/queue';
