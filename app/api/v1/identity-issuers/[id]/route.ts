export { deleteIdentityIssuer as DELETE } from '@/lib/http/console/identity-issuers';
