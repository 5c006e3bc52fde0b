export { deleteIdentitySubject as DELETE } from '@/lib/http/console/identity-issuers';
