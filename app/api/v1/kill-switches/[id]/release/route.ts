export { postSwitchRelease as POST } from '@/lib/http/console/kill-switches';
