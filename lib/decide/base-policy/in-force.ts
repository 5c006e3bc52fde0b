/**
 * The base policy of each workspace as this process knows it. Batches keep it current (`workspace-facts.ts`), and judge by
 * the version whether an answer still counts, so being late here narrows and never widens.
 */
import type { Sql } from '@/lib/db';
import { unseal } from '@/lib/env/seal';
import { failedBase, type DialectName } from '@/lib/policy/base';
import { withoutToken } from '../outside/guarded-place';
import { httpBasePolicy, type WatchedBasePolicy } from './http-base-policy';

export interface BasePolicySettings {
  readonly version: number;
  readonly kind: DialectName | 'none';
  readonly url: string;
  readonly path: string;
  readonly timeoutMs: number;
  readonly sealedToken: Buffer | null;
}

export interface BasePolicyInForce {
  readonly version: number;
  readonly kind: DialectName | 'none';
  /** Absent when nobody is asked. */
  readonly policy: WatchedBasePolicy | undefined;
}

const NOBODY: BasePolicySettings = {
  version: 0,
  kind: 'none',
  url: '',
  path: '',
  timeoutMs: 0,
  sealedToken: null,
};

// Next loads modules more than once; circuit breakers and versions must be one a process.
const shared = globalThis as typeof globalThis & {
  belayBasePolicies?: Map<string, BasePolicyInForce>;
};

function held(): Map<string, BasePolicyInForce> {
  shared.belayBasePolicies ??= new Map();
  return shared.belayBasePolicies;
}

/** What a token is bound to while it is sealed. */
export const sealedFor = (workspaceId: string) => `base-policy:${workspaceId}`;

export async function readBasePolicy(
  sql: Sql,
  workspaceId: string,
  version: number,
): Promise<BasePolicySettings> {
  if (version === 0) return NOBODY;
  const [row] = await sql<BasePolicySettings>(
    `SELECT version, kind, url, path, timeout_ms AS "timeoutMs", sealed_token AS "sealedToken"
     FROM base_policies WHERE workspace_id = $1 AND version = $2`,
    [workspaceId, version],
  );
  if (row === undefined) throw new Error(`workspace ${workspaceId} has no base policy ${version}`);
  return row;
}

/** Keeps a version for the actions to come, unless a newer one is known. Gives what is in force as far as is known here. */
export function holdBasePolicy(
  workspaceId: string,
  settings: BasePolicySettings,
): BasePolicyInForce {
  const known = held().get(workspaceId);
  if (known !== undefined && known.version >= settings.version) return known;
  const { version, kind } = settings;
  const inForce = { version, kind, policy: policyOf(workspaceId, settings) };
  held().set(workspaceId, inForce);
  return inForce;
}

function policyOf(
  workspaceId: string,
  settings: BasePolicySettings,
): WatchedBasePolicy | undefined {
  const { kind } = settings;
  if (kind === 'none') return undefined;
  try {
    const token = openToken(workspaceId, settings.sealedToken);
    return httpBasePolicy({ ...settings, kind, token }, Date.now);
  } catch {
    const health = withoutToken(Date.now());
    const refuse = () => Promise.resolve(failedBase('no_token'));
    return { decide: refuse, decideAccess: refuse, health: () => health };
  }
}

function openToken(workspaceId: string, sealed: Buffer | null): string | undefined {
  return sealed === null ? undefined : unseal('base-policy', sealed, sealedFor(workspaceId));
}

/** What is in force, from memory or, for the first action of a workspace in this process, from the database. */
export async function basePolicyInForce(sql: Sql, workspaceId: string): Promise<BasePolicyInForce> {
  const known = held().get(workspaceId);
  if (known !== undefined) return known;
  const version = await currentVersion(sql, workspaceId);
  return holdBasePolicy(workspaceId, await readBasePolicy(sql, workspaceId, version));
}

/** What is in force now, in every process. For those who look at it; decisions are made by `basePolicyInForce` and its version. */
export async function basePolicyOf(sql: Sql, workspaceId: string): Promise<BasePolicyInForce> {
  const version = await currentVersion(sql, workspaceId);
  const known = held().get(workspaceId);
  if (known?.version === version) return known;
  return holdBasePolicy(workspaceId, await readBasePolicy(sql, workspaceId, version));
}

async function currentVersion(sql: Sql, workspaceId: string): Promise<number> {
  const [epochs] = await sql<{ version: number }>(
    'SELECT base_policy_version AS version FROM workspace_epochs WHERE workspace_id = $1',
    [workspaceId],
  );
  return epochs?.version ?? 0;
}
