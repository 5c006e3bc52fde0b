export {
  getIdentityIssuers as GET,
  postIdentityIssuer as POST,
} from '@/lib/http/console/identity-issuers';
