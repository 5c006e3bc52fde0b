export { getPeople as GET, postPerson as POST } from '@/lib/http/console/settings';
