export { nextAuth as GET, nextAuth as POST } from '@/lib/http/console/next-auth';
