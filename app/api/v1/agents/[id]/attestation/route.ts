export { getAttestation as GET } from '@/lib/http/console/attestation';
