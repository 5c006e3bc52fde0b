/** What holds for a whole workspace, read in the batch's transaction and kept for as long as its epochs stand. */
import { UNKNOWN_TOOL } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { compilePolicies } from '@/lib/policy';
import type { Ladder } from '@/lib/trust';
import { holdBasePolicy, readBasePolicy } from './base-policy/in-force';
import { shareEpochs } from './epoch-lock';
import type { SwitchFacts, ToolFacts, WorkspaceFacts } from './facts';
import { readVerdictRules } from './verdict-rules';

interface Epochs {
  readonly kill_epoch: number;
  readonly catalogue_epoch: number;
  readonly ladder_version: number;
  readonly policy_version: number;
  readonly base_policy_version: number;
  readonly verdict_version: number;
  readonly approval_ttl_seconds: number;
  readonly permit_ttl_seconds: number;
}

type Cached = { epochs: Epochs; facts: WorkspaceFacts };

const cache = new Map<string, Cached>();

/**
 * Shares the workspace's epochs with other batches, and returns the facts that belong to them. Whoever changes a switch, a ladder, a
 * policy or a tool seizes the epochs first: a batch either sees the change or ends before it is acknowledged.
 *
 * @throws when there is no such workspace
 */
export async function lockWorkspaceFacts(sql: Sql, workspaceId: string): Promise<WorkspaceFacts> {
  // The second statement begins after the first has its lock, so it sees what the last change left.
  const [, epochs] = await Promise.all([
    shareEpochs(sql, workspaceId),
    readEpochs(sql, workspaceId),
  ]);
  const known = cache.get(workspaceId);
  if (known !== undefined && sameEpochs(known.epochs, epochs)) return known.facts;
  const facts = await readFacts(sql, workspaceId, epochs, known);
  cache.set(workspaceId, { epochs, facts });
  return facts;
}

/**
 * The same without locks, for whoever only shows what holds: it waits for no change, and may be half of one. What is read so is not
 * kept, and nothing is decided by it.
 *
 * @throws when there is no such workspace
 */
export async function peekAtWorkspaceFacts(sql: Sql, workspaceId: string): Promise<WorkspaceFacts> {
  const epochs = await readEpochs(sql, workspaceId);
  const known = cache.get(workspaceId);
  if (known !== undefined && sameEpochs(known.epochs, epochs)) return known.facts;
  return readFacts(sql, workspaceId, epochs, known);
}

async function readEpochs(sql: Sql, workspaceId: string): Promise<Epochs> {
  const [epochs] = await sql<Epochs>(
    `SELECT e.kill_epoch, e.catalogue_epoch, e.ladder_version, e.policy_version, e.base_policy_version, e.verdict_version,
       w.approval_ttl_seconds, w.permit_ttl_seconds
     FROM workspace_epochs e JOIN workspaces w ON w.id = e.workspace_id WHERE e.workspace_id = $1`,
    [workspaceId],
  );
  if (epochs === undefined) throw new Error(`there is no workspace ${workspaceId}`);
  return epochs;
}

function sameEpochs(a: Epochs, b: Epochs): boolean {
  return (Object.keys(a) as (keyof Epochs)[]).every((key) => a[key] === b[key]);
}

async function readFacts(
  sql: Sql,
  workspaceId: string,
  epochs: Epochs,
  known: Cached | undefined,
): Promise<WorkspaceFacts> {
  const keep = async <T>(
    epoch: keyof Epochs,
    kept: (facts: WorkspaceFacts) => T,
    read: () => Promise<T>,
  ) => (known !== undefined && known.epochs[epoch] === epochs[epoch] ? kept(known.facts) : read());
  return {
    id: workspaceId,
    ladder: await keep(
      'ladder_version',
      (facts) => facts.ladder,
      () => readLadder(sql, workspaceId, epochs.ladder_version),
    ),
    policy: await keep(
      'policy_version',
      (facts) => facts.policy,
      () => readPolicy(sql, workspaceId, epochs.policy_version),
    ),
    basePolicy: await keep(
      'base_policy_version',
      (facts) => facts.basePolicy,
      () => readBase(sql, workspaceId, epochs.base_policy_version),
    ),
    tools: await keep(
      'catalogue_epoch',
      (facts) => facts.tools,
      () => readTools(sql, workspaceId),
    ),
    switches: await keep(
      'kill_epoch',
      (facts) => facts.switches,
      () => readSwitches(sql, workspaceId),
    ),
    approvalsNeeded: await keep(
      'verdict_version',
      (facts) => facts.approvalsNeeded,
      async () => (await readVerdictRules(sql, workspaceId)).approvalsNeeded,
    ),
    approvalTtlSeconds: epochs.approval_ttl_seconds,
    permitTtlSeconds: epochs.permit_ttl_seconds,
  };
}

async function readLadder(
  sql: Sql,
  workspaceId: string,
  version: number,
): Promise<WorkspaceFacts['ladder']> {
  const [row] = await sql<{ body: Ladder }>(
    'SELECT body FROM ladders WHERE workspace_id = $1 AND version = $2',
    [workspaceId, version],
  );
  if (row === undefined) throw new Error(`workspace ${workspaceId} has no ladder ${version}`);
  return { version, body: row.body };
}

async function readPolicy(
  sql: Sql,
  workspaceId: string,
  version: number,
): Promise<WorkspaceFacts['policy']> {
  const [row] = await sql<{ text: string }>(
    'SELECT text FROM policies WHERE workspace_id = $1 AND version = $2',
    [workspaceId, version],
  );
  if (row === undefined) throw new Error(`workspace ${workspaceId} has no policy ${version}`);
  return { version, compiled: compilePolicies(row.text) };
}

/** Also tells this process whom to ask about the actions to come. */
async function readBase(
  sql: Sql,
  workspaceId: string,
  version: number,
): Promise<WorkspaceFacts['basePolicy']> {
  const settings = await readBasePolicy(sql, workspaceId, version);
  holdBasePolicy(workspaceId, settings);
  return { version, kind: settings.kind };
}

/** The tool catalogue by name. What a server brought and nobody confirmed is unknown, whatever the catalogue says of its name. */
export async function readTools(
  sql: Sql,
  workspaceId: string,
): Promise<ReadonlyMap<string, ToolFacts>> {
  const rows = await sql<ToolFacts>(
    `SELECT t.name, t.side_effect AS "sideEffect", t.reversible, t.egress, t.data_class AS "dataClass",
       t.untrusted_output AS "untrustedOutput", t.risk, t.tags, coalesce(i.seen_digest <> i.confirmed_digest, false) AS changed,
       i.tool IS NULL OR i.confirmed_digest IS NOT NULL AS known
     FROM tools t LEFT JOIN tool_imports i ON i.workspace_id = t.workspace_id AND i.tool = t.name WHERE t.workspace_id = $1`,
    [workspaceId],
  );
  return new Map(rows.map((row) => [row.name, row.known ? row : unknownTool(row.name)]));
}

/** The switches in force in a workspace. */
export async function readSwitches(sql: Sql, workspaceId: string): Promise<SwitchFacts[]> {
  return sql<SwitchFacts>(
    `SELECT id, scope_type AS "scopeType", scope_value AS "scopeValue", mode, reason, set_by_name AS "setByName"
     FROM kill_switches WHERE workspace_id = $1 AND released_at IS NULL ORDER BY (mode = 'halt') DESC, set_at`,
    [workspaceId],
  );
}

/** The catalogue's entry, or the worst assumed of a tool nobody has described. */
export function toolFacts(facts: Pick<WorkspaceFacts, 'tools'>, name: string): ToolFacts {
  return facts.tools.get(name) ?? unknownTool(name);
}

const unknownTool = (name: string): ToolFacts => ({
  ...UNKNOWN_TOOL,
  name,
  tags: [],
  known: false,
});
