export {
  deleteEvidenceSource as DELETE,
  patchEvidenceSource as PATCH,
} from '@/lib/http/console/evidence-sources';
