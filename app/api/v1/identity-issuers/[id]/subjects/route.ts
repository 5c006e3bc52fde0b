export { postIdentitySubject as POST } from '@/lib/http/console/identity-issuers';
