export { getDetectorState as GET } from '@/lib/http/console/detector';
