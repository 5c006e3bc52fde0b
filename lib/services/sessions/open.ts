import { DomainError, notFound, type SessionRequest } from '@/lib/contracts';
import { isUuid, newId, withTransaction } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { redact, sha256Hex } from '@/lib/ledger';

interface Opening {
  readonly workspaceId: string;
  readonly agentId: string;
  readonly actor: string;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Opens a session: the task of an agent, with the text it may trust. Opening the same session again with the same text is the same
 * session; with another text it is refused, as the trusted text must not change under a running task.
 *
 * @throws DomainError `not_found` for an unknown agent; 409 `session_exists`
 */
export async function openSession(opening: Opening, input: SessionRequest) {
  const { workspaceId, agentId, now } = opening;
  if (!isUuid(agentId)) throw notFound('agent');
  const id = input.id ?? newId(now);
  return withTransaction(async (sql) => {
    const agents = await sql('SELECT 1 FROM agents WHERE workspace_id = $1 AND id = $2', [
      workspaceId,
      agentId,
    ]);
    if (agents.length === 0) throw notFound('agent');
    const [made] = await sql<{ created_at: Date }>(
      `INSERT INTO sessions (workspace_id, id, agent_id, end_user, purpose, request, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING created_at`,
      [
        workspaceId,
        id,
        agentId,
        input.endUser ?? null,
        input.purpose ?? null,
        input.request,
        new Date(now),
      ],
    );
    if (made === undefined) return sameSession(sql, opening, id, input.request);
    const note = {
      kind: 'session.opened',
      actor: opening.actor,
      subject: `session:${id}`,
      body: {
        agent: agentId,
        purpose: redact(input.purpose ?? null),
        requestSha256: sha256Hex(input.request),
      },
    };
    await appendLedger(sql, workspaceId, [note], [], now);
    return { id, agent: agentId, createdAt: made.created_at.toISOString() };
  });
}

async function sameSession(
  sql: Parameters<Parameters<typeof withTransaction>[0]>[0],
  { workspaceId, agentId }: Opening,
  id: string,
  request: string,
) {
  const [row] = await sql<{ agent_id: string; request: string; created_at: Date }>(
    'SELECT agent_id, request, created_at FROM sessions WHERE workspace_id = $1 AND id = $2',
    [workspaceId, id],
  );
  if (row?.agent_id === agentId && row.request === request) {
    return { id, agent: agentId, createdAt: row.created_at.toISOString() };
  }
  throw new DomainError(
    'conflict',
    'session_exists',
    'There is a session with this id already, with another agent or another request.',
  );
}
