export { postIdentityIssuerTry as POST } from '@/lib/http/console/identity-issuers';
