export { getDetectorSetting as GET, postDetector as POST } from '@/lib/http/console/detector';
