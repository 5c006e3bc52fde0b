export { postEvidenceSourceRotation as POST } from '@/lib/http/console/evidence-sources';
