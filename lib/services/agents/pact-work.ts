/** What waits, or has a permit whose time is not over, when the pact it was decided under changes. */
import type { Pact } from '@/lib/contracts';
import { newId, type Sql } from '@/lib/db';
import {
  dataClassOf,
  endGrants,
  pactBreaches,
  readTools,
  toolFacts,
  tooDeep,
  type AskedWith,
} from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { endWorkOfDecisions, type EndedWork } from '@/lib/services/kill-switches/end-open-work';

/** For clocks of several processes that differ. */
const SLACK_SECONDS = 60;
const WHY = 'The pact was changed, and the action lies outside of it now.';

interface OpenWork {
  readonly id: string;
  readonly tool: string;
  readonly resource: { readonly type: string; readonly id: string };
  readonly askedWith: AskedWith | null;
  /** A person looks at this one action, or has. */
  readonly byPerson: boolean;
}

export interface PactChangeOf {
  readonly agentId: string;
  readonly before: Pact;
  readonly after: Pact;
}

type EndedByPact = EndedWork & Pick<Awaited<ReturnType<typeof endGrants>>, 'notes'>;

/**
 * Ends what the new pact keeps from running: nothing else would, because verdicts and redemptions do not ask the pact again. Also what
 * other agents do on behalf of this one. The caller keeps decisions out, and appends what is returned to the ledger.
 */
export async function endOutsidePact(
  sql: Sql,
  context: ServiceContext,
  change: PactChangeOf,
): Promise<EndedByPact> {
  const { workspaceId } = context.actor;
  const tools = await readTools(sql, workspaceId);
  const open = await selectOpenWork(sql, context, change.agentId);
  const isOutside = isOutsideOf(change, context.now.getTime());
  const decisions = open
    .filter((work) => isOutside(work, dataClassOf(toolFacts({ tools }, work.tool), work.resource)))
    .map(({ id }) => id);
  const work = await endWorkOfDecisions(sql, context, { decisions, why: WHY });
  const grants = await endGrantsOutside(sql, context, change);
  return {
    ...work,
    notes: grants.notes,
    announcements: [...work.announcements, ...grants.announcements],
  };
}

type DataClass = ReturnType<typeof dataClassOf>;

/** What the new pact denies, and of the rest what it would ask a person for and the old one did not, unless a person was asked. */
function isOutsideOf({ before, after }: PactChangeOf, now: number) {
  const breaches = (pact: Pact, work: OpenWork, dataClass: DataClass) => {
    const { caseId, delegationDepth = 0 } = work.askedWith ?? {};
    const deep = tooDeep(pact, delegationDepth);
    const found = pactBreaches(pact, { ...work, caseId, dataClass, now });
    return [
      ...found.map(({ outcome, reason }) => ({ outcome, code: reason.code })),
      ...(deep === undefined ? [] : [{ outcome: 'require_approval', code: deep.reason.code }]),
    ];
  };
  return (work: OpenWork, dataClass: DataClass): boolean => {
    const now = breaches(after, work, dataClass);
    if (now.some(({ outcome }) => outcome === 'deny')) return true;
    if (work.byPerson) return false;
    const then = new Set(breaches(before, work, dataClass).map(({ code }) => code));
    return now.some(({ code }) => !then.has(code));
  };
}

async function selectOpenWork(
  sql: Sql,
  { actor, now }: ServiceContext,
  agentId: string,
): Promise<OpenWork[]> {
  const [workspace] = await sql<{ seconds: number }>(
    'SELECT permit_ttl_seconds AS seconds FROM workspaces WHERE id = $1',
    [actor.workspaceId],
  );
  // Decisions wait meanwhile: of all permits there ever were, only those that can still be good are looked at.
  const longest = ((workspace?.seconds ?? 0) + SLACK_SECONDS) * 1000;
  const oldest = newId(now.getTime() - longest);
  return sql<OpenWork>(
    `WITH open AS (
       SELECT decision_id, true AS by_person FROM approvals
       WHERE workspace_id = $1 AND state = 'pending' AND expires_at > $3
       UNION ALL
       SELECT decision_id, approved_by IS NOT NULL AND grant_id IS NULL FROM permits
       WHERE workspace_id = $1 AND id >= $4::uuid AND cancelled_at IS NULL AND expires_at > $3)
     SELECT d.id, d.tool, d.resource, d.asked_with AS "askedWith", open.by_person AS "byPerson"
     FROM open JOIN decisions d ON d.workspace_id = $1 AND d.id = open.decision_id
     WHERE d.agent_id = $2 OR d.asked_with->'chain' ? $2::text`,
    [actor.workspaceId, agentId, now, oldest],
  );
}

/** A grant of a tool that is gone from the pact, so that it does not live again when somebody puts the tool back. */
function endGrantsOutside(
  sql: Sql,
  { actor, now }: ServiceContext,
  { agentId, after }: PactChangeOf,
) {
  return endGrants(sql, {
    workspaceId: actor.workspaceId,
    which: {
      text: `a.id = ($6::jsonb->>'agent')::uuid AND NOT ($6::jsonb->'tools' ?| ARRAY['*', g.tool])`,
      value: JSON.stringify({ agent: agentId, tools: after.tools }),
    },
    why: { code: 'pact_changed', text: 'The tool is no longer in the pact of the agent.' },
    endedBy: 'belay',
    now: now.getTime(),
  });
}
