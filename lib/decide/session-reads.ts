import type { Sql } from '@/lib/db';
import { sha256Hex } from '@/lib/ledger';
import { MAX_OUTPUT_CHARACTERS } from '@/lib/contracts';

/** The newest reads of a session that provenance looks at, and one more, so that it knows when there are more. */
export const resultReadsLimit = 33;

/**
 * Keeps what a tool returned as text the agent has read from outside. Cut at 64 Ki characters; the hash is of the whole.
 *
 * @returns whether the text was cut
 */
export async function recordRead(
  sql: Sql,
  read: {
    workspaceId: string;
    agentId: string;
    sessionId: string;
    decisionId: string;
    tool: string;
    text: string;
    /** The request of the session names this very document. */
    named: boolean;
    now: number;
  },
): Promise<boolean> {
  const truncated = read.text.length > MAX_OUTPUT_CHARACTERS;
  await sql(
    `INSERT INTO session_reads (workspace_id, agent_id, session_id, decision_id, tool, text, text_sha256, truncated, created_at, named)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT DO NOTHING`,
    [
      read.workspaceId,
      read.agentId,
      read.sessionId,
      read.decisionId,
      read.tool,
      storable(read.text.slice(0, MAX_OUTPUT_CHARACTERS)),
      sha256Hex(read.text),
      truncated,
      new Date(read.now),
      read.named,
    ],
  );
  return truncated;
}

/** A cut may fall inside a surrogate pair, which PostgreSQL does not take. */
function storable(text: string): string {
  return /[\uD800-\uDBFF]$/.test(text) ? text.slice(0, -1) : text;
}
