export {
  getEvidenceSources as GET,
  postEvidenceSource as POST,
} from '@/lib/http/console/evidence-sources';
