export { patchPerson as PATCH } from '@/lib/http/console/settings';
