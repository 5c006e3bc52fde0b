/** Recorded decisions as the policy saw them, to ask another policy about. */
import type { Sql } from '@/lib/db';
import { policyInputOf, readTools, toolFacts, type ToolFacts } from '@/lib/decide';
import type { InjectionLevel } from '@/lib/provenance';
import type { PolicyInput, Reason } from '@/lib/policy';

export interface RecordedCall {
  readonly decisionId: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly tool: string;
  readonly input: PolicyInput;
}

export interface RecordedCalls {
  readonly calls: readonly RecordedCall[];
  /** Decisions that something before or beside the policy settled. */
  readonly settledElsewhere: number;
  readonly truncated: boolean;
}

interface Row {
  readonly id: string;
  readonly agentId: string;
  readonly agentName: string;
  readonly owner: string;
  readonly version: string;
  readonly tags: string[];
  readonly tool: string;
  readonly arguments: Record<string, unknown>;
  readonly resource: { type: string; id: string; properties?: Record<string, unknown> };
  readonly sessionId: string | null;
  readonly purpose: string | null;
  readonly endUser: string | null;
  readonly reasons: Reason[];
  readonly trust: PolicyInput['context']['trust'];
  readonly provenance: Provenance | null;
  readonly decidedAt: Date;
}

interface Provenance {
  readonly arguments: readonly { readonly origin: string }[];
  readonly thirdPartyOnly?: boolean;
  readonly injection: InjectionLevel;
}

/**
 * The newest decisions since a moment, at most `limit`. Agent, tool, session and its end user are those of today: the
 * question is what the other policy would do, not what it would have done with an old catalogue.
 */
export async function readRecordedCalls(
  sql: Sql,
  workspaceId: string,
  { since, limit }: { since: Date; limit: number },
): Promise<RecordedCalls> {
  const [tools, rows] = await Promise.all([
    readTools(sql, workspaceId),
    sql<Row>(
      `SELECT d.id, d.agent_id AS "agentId", a.name AS "agentName", a.owner, a.version, a.tags, d.tool, d.arguments, d.resource,
         d.session_id AS "sessionId", s.purpose, s.end_user AS "endUser", d.reasons, d.trust, d.provenance,
         d.decided_at AS "decidedAt"
       FROM decisions d JOIN agents a ON a.workspace_id = d.workspace_id AND a.id = d.agent_id
       LEFT JOIN sessions s ON s.workspace_id = d.workspace_id AND s.id = d.session_id
       WHERE d.workspace_id = $1 AND NOT d.seeded AND d.id >= belay_uuid_at($2) ORDER BY d.id DESC LIMIT $3`,
      [workspaceId, since, limit + 1],
    ),
  ]);
  const looked = rows.slice(0, limit);
  const calls = looked
    .filter(({ reasons }) => !reasons.some(settles))
    .map((row) => ({
      decisionId: row.id,
      agentId: row.agentId,
      agentName: row.agentName,
      tool: row.tool,
      input: inputOfRow(row, toolFacts({ tools }, row.tool)),
    }));
  return {
    calls,
    settledElsewhere: looked.length - calls.length,
    truncated: rows.length > limit,
  };
}

const BESIDE_THE_POLICY: ReadonlySet<string> = new Set([
  'switch',
  'pact',
  'budget',
  'base_policy',
  'detector',
]);

function settles({ code, source }: Reason): boolean {
  if (source !== undefined && BESIDE_THE_POLICY.has(source.type)) return true;
  return code.startsWith('base_policy.') || code.startsWith('agent.');
}

function inputOfRow(row: Row, tool: ToolFacts): PolicyInput {
  const { provenance, sessionId } = row;
  const session =
    sessionId === null ? undefined : { id: sessionId, purpose: row.purpose ?? undefined };
  const thirdParty = provenance?.arguments.some(({ origin }) => origin === 'third_party') ?? false;
  return policyInputOf({
    agent: { id: row.agentId, owner: row.owner, version: row.version, tags: row.tags },
    tool,
    resource: row.resource,
    arguments: row.arguments,
    session,
    endUser: row.endUser ?? undefined,
    trust: row.trust,
    origins: {
      thirdPartyOnly: provenance?.thirdPartyOnly ?? thirdParty,
      injection: provenance?.injection ?? 'none',
    },
    at: row.decidedAt.getTime(),
  });
}
