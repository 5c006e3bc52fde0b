/** What a refused login leaves behind: evidence about the identity of an agent that is known. */
import type { AssertionRefused } from '@/lib/auth/agents';
import { actorRef, type AgentActor } from '@/lib/auth';
import { newId, withTransaction, type Sql } from '@/lib/db';
import { appendLedger, applySignals } from '@/lib/decide';
import { logError } from '@/lib/http';
import { SIGNAL_CATALOGUE } from '@/lib/trust';

/** Failed logins noted an agent and minute: more of them would be work for an attacker to give us, and say no more. */
const MAX_NOTES_A_MINUTE = 20;
const noted = new Map<string, number>();
let notedMinute = 0;

/** A refused login of an agent we know is evidence about its identity. It must never hide the refusal itself. */
export async function noteRefusal(
  { agent, signal: kind, code }: AssertionRefused,
  now: number,
): Promise<void> {
  if (agent === undefined || kind === undefined || !mayNote(agent.agentId, now)) return;
  const { workspaceId, agentId } = agent;
  try {
    await withTransaction(async (sql) => {
      const unproven = isUnproven(kind);
      if (unproven && (await notedToday(sql, agent, kind, now))) return;
      const signal = {
        kind,
        source: 'belay',
        sourceClass: 'belay' as const,
        detail: { code },
        ...(unproven ? { magnitude: STRANGER_MAGNITUDE } : {}),
      };
      const actor = actorRef(agent);
      const applied = await applySignals(sql, {
        workspaceId,
        agentId,
        signals: [signal],
        now,
        actor,
      });
      await appendLedger(sql, workspaceId, applied.notes, applied.announcements, now);
    });
  } catch (error) {
    logError('a refused login could not be noted', { agentId, code, error });
  }
}

/**
 * How much a login counts that proves nothing about who tried: anybody who knows an agent's id can send one. At one a day and
 * kind the evidence against an agent stays below 75 units whatever a stranger does, and an agent in daily use stays where it is.
 */
const STRANGER_MAGNITUDE = 1 / 8;

function isUnproven(kind: string): boolean {
  const entry = SIGNAL_CATALOGUE[kind];
  return entry?.sign === 'negative' && entry.capped === true;
}

async function notedToday(
  sql: Sql,
  { workspaceId, agentId }: AgentActor,
  kind: string,
  now: number,
): Promise<boolean> {
  const [row] = await sql(
    'SELECT 1 FROM signals WHERE workspace_id = $1 AND agent_id = $2 AND kind = $3 AND id > $4 LIMIT 1',
    [workspaceId, agentId, kind, newId(now - 86_400_000)],
  );
  return row !== undefined;
}

function mayNote(agentId: string, now: number): boolean {
  const minute = Math.floor(now / 60_000);
  if (minute !== notedMinute) noted.clear();
  notedMinute = minute;
  const count = (noted.get(agentId) ?? 0) + 1;
  noted.set(agentId, count);
  return count <= MAX_NOTES_A_MINUTE;
}
