/** POST /oauth/token */
import { AssertionRefused, issueAgentToken, verifyClientAssertion } from '@/lib/auth/agents';
import { actorRef, type AgentActor } from '@/lib/auth';
import {
  AGENT_TOKEN_SECONDS,
  CLIENT_ASSERTION_TYPE,
  DomainError,
  tokenRequestSchema,
} from '@/lib/contracts';
import { appendLedger, applySignals, endReverification } from '@/lib/decide';
import { newId, withTransaction, type Sql } from '@/lib/db';
import { anyone, handle, logError, readText, requireContentType } from '@/lib/http';
import { SIGNAL_CATALOGUE } from '@/lib/trust';

const MAX_TOKEN_BODY_BYTES = 16 * 1024;

export const tokenHandler = handle({ auth: anyone }, async ({ request, now }) => {
  const form = await readForm(request);
  const agent = await verifyClientAssertion(form.client_assertion, now.getTime()).catch(
    async (error: unknown) => {
      if (error instanceof AssertionRefused) await noteRefusal(error, now.getTime());
      throw error;
    },
  );
  await endReverification(agent.workspaceId, agent.agentId, now.getTime());
  return {
    access_token: await issueAgentToken(agent, now.getTime()),
    token_type: 'Bearer',
    expires_in: AGENT_TOKEN_SECONDS,
  };
});

async function readForm(request: Request) {
  requireContentType(
    request,
    /^application\/x-www-form-urlencoded$/i,
    'application/x-www-form-urlencoded',
  );
  const form = Object.fromEntries(
    new URLSearchParams(await readText(request, MAX_TOKEN_BODY_BYTES)),
  );
  if (form['grant_type'] !== 'client_credentials') {
    throw invalid(
      'unsupported_grant_type',
      'The grant type must be "client_credentials".',
      'unsupported_grant_type',
    );
  }
  const parsed = tokenRequestSchema.safeParse(form);
  if (parsed.success) return parsed.data;
  throw invalid(
    'malformed_body',
    `Send client_assertion_type=${CLIENT_ASSERTION_TYPE} and a client_assertion signed with the agent's key (RFC 7523).`,
    'invalid_request',
  );
}

function invalid(
  code: string,
  message: string,
  oauthError: 'invalid_request' | 'unsupported_grant_type',
): DomainError {
  return new DomainError('malformed', code, message, { oauthError });
}

/** Failed logins noted an agent and minute: more of them would be work for an attacker to give us, and say no more. */
const MAX_NOTES_A_MINUTE = 20;
const noted = new Map<string, number>();
let notedMinute = 0;

/** A refused login of an agent we know is evidence about its identity. It must never hide the refusal itself. */
async function noteRefusal(
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
