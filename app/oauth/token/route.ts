export { tokenHandler as POST } from '@/lib/http/agents/token';
