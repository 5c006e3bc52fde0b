export { getFeedback as GET, postFeedback as POST } from '@/lib/http/console/feedback';
