import { newId, type Sql } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { GENESIS_HEAD } from '@/lib/ledger';
import { DEFAULT_POLICY_TEXT } from '@/lib/policy';
import { defaultLadder } from '@/lib/trust';

export interface NewWorkspace {
  readonly slug: string;
  readonly name: string;
  readonly kind: 'own' | 'demo';
}

const FIRST_REASON = 'The default, made with the workspace.';

/**
 * A workspace with everything a decision needs: epochs, the default ladder and policy, and a ledger whose first entry says so.
 * Belongs to no caller yet, so it checks no permission: only the setup calls it.
 */
export async function createWorkspace(sql: Sql, input: NewWorkspace, now: Date): Promise<string> {
  const id = newId();
  const values = [id, now] as const;
  await sql(
    'INSERT INTO workspaces (id, slug, name, kind, created_at) VALUES ($1, $2, $3, $4, $5)',
    [id, input.slug, input.name, input.kind, now],
  );
  await sql('INSERT INTO workspace_epochs (workspace_id) VALUES ($1)', [id]);
  await sql(
    `INSERT INTO ladders (workspace_id, version, body, reason, created_by, created_by_name, created_at)
     VALUES ($1, 1, $3::jsonb, $4, 'belay', 'Belay', $2)`,
    [...values, JSON.stringify(defaultLadder), FIRST_REASON],
  );
  await sql(
    `INSERT INTO policies (workspace_id, version, text, reason, created_by, created_by_name, created_at)
     VALUES ($1, 1, $3, $4, 'belay', 'Belay', $2)`,
    [...values, DEFAULT_POLICY_TEXT, FIRST_REASON],
  );
  await sql('INSERT INTO ledger_heads (workspace_id, seq, hash) VALUES ($1, $2, $3)', [
    id,
    GENESIS_HEAD.seq,
    GENESIS_HEAD.hash,
  ]);
  const body = { slug: input.slug, name: input.name, kind: input.kind, ladder: 1, policy: 1 };
  const note = { kind: 'workspace.created', actor: 'belay', subject: `workspace:${id}`, body };
  await appendLedger(sql, id, [note], [], now.getTime());
  return id;
}
