export {
  getGrantRequests as GET,
  postGrantRequest as POST,
} from '@/lib/http/access/grant-requests';
