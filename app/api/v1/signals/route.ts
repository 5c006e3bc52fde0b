export { signalsHandler as POST } from '@/lib/http/agents/signals';
