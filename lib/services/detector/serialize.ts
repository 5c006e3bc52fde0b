import { DETECTOR_KINDS, type DetectorVersion } from '@/lib/contracts';
import { iso } from '@/lib/services/instants';

interface DetectorRow {
  readonly version: number;
  readonly kind: string;
  readonly url: string;
  readonly timeoutMs: number;
  readonly threshold: number;
  readonly sealedToken: Uint8Array | null;
  readonly reason: string;
  readonly createdByName: string;
  readonly createdAt: Date;
}

/** Version 0 has no row: nobody was ever named. */
export const NO_DETECTOR: DetectorVersion = {
  version: 0,
  kind: 'none',
  url: '',
  timeoutMs: 2_000,
  threshold: 0.8,
  hasToken: false,
  reason: 'The default: nobody is asked, and no text leaves Belay.',
  createdBy: 'Belay',
  createdAt: null,
};

/** The token itself never leaves. */
export function serializeDetector(row: DetectorRow): DetectorVersion {
  return {
    version: row.version,
    kind: DETECTOR_KINDS.find((kind) => kind === row.kind) ?? 'none',
    url: row.url,
    timeoutMs: row.timeoutMs,
    threshold: row.threshold,
    hasToken: row.sealedToken !== null,
    reason: row.reason,
    createdBy: row.createdByName,
    createdAt: iso(row.createdAt),
  };
}
