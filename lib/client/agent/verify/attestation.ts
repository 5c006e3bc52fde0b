/** What Belay says of an agent, read from an attestation that was verified, and whether it suffices. */
import { ATTESTATION_TYPE } from '../proof-form.js';
import type { Layer, LayerTrust } from '../wire.js';
import { verifiedClaims, type BelayKeys } from './keys.js';
import { Refused } from './refused.js';

/** The agent behind a request, as Belay attests it. */
export interface TrustedCaller {
  readonly agentId: string;
  readonly name: string;
  readonly version: string;
  /** In [0, 1]. */
  readonly score: number;
  /** 1 to 5. */
  readonly rung: number;
  readonly layers: Readonly<Record<Layer, LayerTrust>>;
  readonly status: string;
  /** Kill switches in force for it: `halt`, `read_only`. */
  readonly switches: readonly string[];
  readonly restrictions: readonly string[];
  readonly openIncidents: number;
  /** Of what was asked for, what its pact holds. */
  readonly scope: readonly string[];
  readonly attestedAt: Date;
}

export interface Requirement {
  /** The least score, in [0, 1]. */
  readonly min?: number | undefined;
  /** The lowest rung, 1 to 5. */
  readonly rung?: number | undefined;
  /** The least score of single layers, in [0, 1]. A layer nobody knows anything of does not suffice. */
  readonly layers?: Readonly<Partial<Record<Layer, number>>> | undefined;
  /** Tools that the agent's pact has to hold. */
  readonly scope?: string | readonly string[] | undefined;
  /** How old the attestation may be; 120 unless given. */
  readonly maxAgeSeconds?: number | undefined;
  /** Restrictions that do not matter here, for example `throttle`; none unless given. */
  readonly ignoreRestrictions?: readonly string[] | undefined;
}

interface Claims {
  readonly sub?: string;
  readonly iat?: number;
  readonly name?: string;
  readonly version?: string;
  readonly status?: string;
  readonly score?: number;
  readonly rung?: number;
  readonly layers?: Record<Layer, LayerTrust>;
  readonly switches?: readonly string[];
  readonly restrictions?: readonly { readonly kind: string }[];
  readonly openIncidents?: number;
  readonly scope?: string;
  readonly cnf?: { readonly jkt?: string };
}

export interface Attested {
  readonly caller: TrustedCaller;
  /** Thumbprint of the agent's key. */
  readonly jkt: string;
}

/** @throws Refused `attestation_invalid`, `attestation_expired`, `wrong_audience`, `keys_unavailable` */
export async function verifyAttestation(
  token: string,
  expected: {
    readonly keys: BelayKeys;
    readonly issuer: string;
    readonly audience: string;
    readonly clockSkewSeconds: number;
    readonly now: number;
  },
): Promise<Attested> {
  const claims = (await verifiedClaims(token, {
    ...expected,
    type: ATTESTATION_TYPE,
    required: ['sub', 'iat', 'exp', 'score', 'rung', 'layers', 'status'],
    codes: { invalid: 'attestation_invalid', expired: 'attestation_expired' },
  })) as Claims;
  const { cnf, layers } = claims;
  if (cnf?.jkt === undefined || layers === undefined)
    throw new Refused('attestation_invalid', 'It names no key that could prove whose it is.');
  return { jkt: cnf.jkt, caller: callerOf(claims, layers) };
}

/** What is missing counts as the worst. */
function callerOf(claims: Claims, layers: Record<Layer, LayerTrust>): TrustedCaller {
  const { scope = '' } = claims;
  return {
    agentId: claims.sub ?? '',
    name: claims.name ?? '',
    version: claims.version ?? '',
    score: claims.score ?? 0,
    rung: claims.rung ?? 1,
    layers,
    status: claims.status ?? 'unknown',
    switches: claims.switches ?? ['halt'],
    restrictions: claims.restrictions?.map(({ kind }) => kind) ?? [],
    openIncidents: claims.openIncidents ?? 0,
    scope: scope === '' ? [] : scope.split(' '),
    attestedAt: new Date((claims.iat ?? 0) * 1000),
  };
}

type Check = (
  caller: TrustedCaller,
  requirement: Requirement,
  call: Circumstances,
) => Refused | undefined;
interface Circumstances {
  /** The request changes nothing (RFC 9110, section 9.2.1). */
  readonly safe: boolean;
  readonly now: number;
}

/** In the order in which the first that fails is the answer. */
const CHECKS: readonly Check[] = [
  ({ attestedAt }, { maxAgeSeconds = 120 }, { now }) =>
    now - attestedAt.getTime() > maxAgeSeconds * 1000
      ? new Refused('attestation_stale', `It may be ${maxAgeSeconds} seconds old: get a new one.`)
      : undefined,
  ({ status }) =>
    status === 'active' ? undefined : new Refused('agent_stopped', `The agent is ${status}.`),
  ({ switches }, _, { safe }) =>
    switches.some((mode) => !(safe && mode === 'read_only'))
      ? new Refused('agent_stopped', 'A kill switch holds for the agent.')
      : undefined,
  ({ restrictions }, { ignoreRestrictions = [] }) => {
    const kind = restrictions.find((found) => !ignoreRestrictions.includes(found));
    return kind === undefined
      ? undefined
      : new Refused('agent_stopped', `The agent is restricted: ${kind}.`);
  },
  ({ score }, { min = 0 }) =>
    score >= min ? undefined : new Refused('trust_too_low', `The score has to be ${min} or more.`),
  ({ rung }, { rung: least = 1 }) =>
    rung >= least ? undefined : new Refused('rung_too_low', `The rung has to be ${least} or more.`),
  ({ layers }, { layers: least = {} }) => {
    const low = (Object.entries(least) as [Layer, number][]).find(
      ([layer, min]) => layers[layer].coverage === 0 || layers[layer].score < min,
    );
    return low === undefined
      ? undefined
      : new Refused('layer_too_low', `The layer ${low[0]} has to reach ${low[1]}.`);
  },
  ({ scope }, { scope: asked = [] }) => {
    const lacking = [asked].flat().find((name) => !scope.includes(name));
    return lacking === undefined
      ? undefined
      : new Refused('scope_missing', `The attestation does not hold "${lacking}".`);
  },
];

/** @throws Refused `attestation_stale`, `agent_stopped`, `trust_too_low`, `rung_too_low`, `layer_too_low`, `scope_missing` */
export function requireEnough(
  caller: TrustedCaller,
  requirement: Requirement,
  circumstances: Circumstances,
): void {
  for (const check of CHECKS) {
    const refusal = check(caller, requirement, circumstances);
    if (refusal !== undefined) throw refusal;
  }
}
