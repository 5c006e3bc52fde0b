export { gatewayCallerHandler as GET } from '@/lib/http/agents/gateway';
