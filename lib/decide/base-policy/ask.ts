/** Asks the customer's decision point about an action before it is queued: nothing inside a batch waits for a network. */
import { sql } from '@/lib/db';
import type { BasePolicy, BasePolicyInput } from '@/lib/policy/base';
import { UNKNOWN_TOOL } from '@/lib/contracts';
import { agentsOf, narrowest } from '../delegation-chain';
import type { BaseAnswer, Proposal, ToolFacts } from '../facts';
import { basePolicyInForce } from './in-force';

interface KnownFacts {
  readonly agent: BasePolicyInput['agent'];
  readonly tool: Omit<ToolFacts, 'known'> | null;
  readonly purpose: string | null;
  readonly endUser: string | null;
}

/**
 * The answer to one action, with the version of the setting that gave it; nothing when nobody is asked, or when the agent is
 * unknown, which the batch refuses itself. In a chain every link is asked about as if it acted, and the narrowest answer counts.
 */
export async function askBasePolicy(
  workspaceId: string,
  proposal: Proposal,
): Promise<BaseAnswer | undefined> {
  const [own, ...links] = await Promise.all(
    agentsOf(proposal).map((agentId) => askFor(workspaceId, { ...proposal, agentId })),
  );
  // An answer of an earlier setting is stale for the batch: of several versions the earliest stands.
  return links.reduce(
    (a, b) =>
      a === undefined || b === undefined
        ? a
        : { ...narrowest(a, b), version: Math.min(a.version, b.version) },
    own,
  );
}

async function askFor(workspaceId: string, proposal: Proposal): Promise<BaseAnswer | undefined> {
  const { version, policy } = await basePolicyInForce(sql, workspaceId);
  if (policy === undefined) return undefined;
  const facts = await readFacts(workspaceId, proposal);
  if (facts === undefined) return undefined;
  return { version, ...(await decideWith(policy, facts, proposal)) };
}

function decideWith(policy: BasePolicy, facts: KnownFacts, proposal: Proposal) {
  const { tool: name, arguments: given, resource, sessionId } = proposal;
  const tool =
    facts.tool === null
      ? { ...UNKNOWN_TOOL, name, tags: [], known: false }
      : { ...facts.tool, known: true };
  return policy.decide({
    agent: facts.agent,
    tool,
    arguments: given,
    resource,
    session: sessionId,
    endUser: proposal.endUser ?? facts.endUser ?? undefined,
    purpose: facts.purpose ?? undefined,
  });
}

async function readFacts(
  workspaceId: string,
  { agentId, tool, sessionId }: Proposal,
): Promise<KnownFacts | undefined> {
  const [row] = await sql<KnownFacts>(
    `SELECT jsonb_build_object('id', a.id, 'name', a.name, 'owner', a.owner, 'version', a.version, 'tags', a.tags) AS agent,
       (SELECT jsonb_build_object('name', t.name, 'sideEffect', t.side_effect, 'reversible', t.reversible, 'egress', t.egress,
          'dataClass', t.data_class, 'untrustedOutput', t.untrusted_output, 'risk', t.risk, 'tags', t.tags)
        FROM tools t WHERE t.workspace_id = a.workspace_id AND t.name = $3) AS tool,
       s.purpose, s.end_user AS "endUser"
     FROM agents a LEFT JOIN sessions s ON s.workspace_id = a.workspace_id AND s.id = $4 AND s.agent_id = a.id
     WHERE a.workspace_id = $1 AND a.id = $2`,
    [workspaceId, agentId, tool, sessionId ?? null],
  );
  return row;
}
