export { postGrantRevoke as POST } from '@/lib/http/console/grants';
