export { deleteEvidenceSource as DELETE } from '@/lib/http/console/evidence-sources';
