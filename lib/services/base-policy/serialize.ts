import { BASE_POLICY_KINDS, type BasePolicyVersion } from '@/lib/contracts';
import { iso } from '@/lib/services/instants';

interface BasePolicyRow {
  readonly version: number;
  readonly kind: string;
  readonly url: string;
  readonly path: string;
  readonly timeoutMs: number;
  readonly sealedToken: Uint8Array | null;
  readonly reason: string;
  readonly createdByName: string;
  readonly createdAt: Date;
}

/** Version 0 has no row: nobody was ever named. */
export const WITHIN_THE_PACT: BasePolicyVersion = {
  version: 0,
  kind: 'none',
  url: '',
  path: '',
  timeoutMs: 500,
  hasToken: false,
  reason: 'The default: everything within the pact.',
  createdBy: 'Belay',
  createdAt: null,
};

/** The token itself never leaves. */
export function serializeBasePolicy(row: BasePolicyRow): BasePolicyVersion {
  return {
    version: row.version,
    kind: BASE_POLICY_KINDS.find((kind) => kind === row.kind) ?? 'none',
    url: row.url,
    path: row.path,
    timeoutMs: row.timeoutMs,
    hasToken: row.sealedToken !== null,
    reason: row.reason,
    createdBy: row.createdByName,
    createdAt: iso(row.createdAt),
  };
}
