export { getModel as GET, postModel as POST } from '@/lib/http/access/model';
