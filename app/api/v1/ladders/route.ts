export { getLadders as GET, postLadder as POST } from '@/lib/http/console/governance';
