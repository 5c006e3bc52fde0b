export { postDetectorTry as POST } from '@/lib/http/console/detector';
