export { getTools as GET, postTool as POST } from '@/lib/http/console/governance';
