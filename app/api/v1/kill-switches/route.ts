export { getKillSwitches as GET, postKillSwitch as POST } from '@/lib/http/console/kill-switches';
