export { redeemHandler as POST } from '@/lib/http/agents/decisions';
