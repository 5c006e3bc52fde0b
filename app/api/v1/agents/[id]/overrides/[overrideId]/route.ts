export { deleteOverride as DELETE } from '@/lib/http/console/agents';
