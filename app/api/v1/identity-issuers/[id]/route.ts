export {
  deleteIdentityIssuer as DELETE,
  patchIdentityIssuer as PATCH,
} from '@/lib/http/console/identity-issuers';
