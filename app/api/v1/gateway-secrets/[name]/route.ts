export { deleteSecret as DELETE } from '@/lib/http/console/gateway';
