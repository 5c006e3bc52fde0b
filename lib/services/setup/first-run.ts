/** What a fresh database gets: the user's own workspace, the demo fleet, and an admin who is in both. */
import { hashPassword, newOneTimePassword } from '@/lib/auth/password';
import { newId, withTransaction, type Sql } from '@/lib/db';
import { createWorkspace } from '@/lib/services/workspace/create';

const OWN_WORKSPACE = { slug: 'default', name: 'My workspace', kind: 'own' } as const;
const DEMO_WORKSPACE = { slug: 'demo-fleet', name: 'Demo fleet', kind: 'demo' } as const;
const FIRST_ADMIN = { email: 'admin@belay.local', name: 'Admin' } as const;

/** Two processes that start together must not both set up. */
const SETUP_LOCK = 7230062;

export interface FirstRun {
  /** Set once, when the admin was made now: print it, it is stored nowhere. */
  readonly admin: { readonly email: string; readonly oneTimePassword: string } | undefined;
}

/**
 * Sets up a fresh database; on any other it does nothing. A demo fleet that was removed therefore stays away.
 *
 * @param options.demo since when the demo fleet has existed, which a fresh database gets; its ladder and policy are as old as its
 *   history. Left out, there is none
 */
export async function firstRun(options: { demo?: Date; now: Date }): Promise<FirstRun> {
  const oneTimePassword = newOneTimePassword();
  const passwordHash = await hashPassword(oneTimePassword);
  return withTransaction(async (sql) => {
    await sql('SELECT pg_advisory_xact_lock($1)', [SETUP_LOCK]);
    const existing = await sql('SELECT 1 FROM workspaces LIMIT 1');
    if (existing.length > 0) return { admin: undefined };
    const personId = await createAdmin(sql, passwordHash, options.now);
    const { demo, now } = options;
    const own = { workspace: OWN_WORKSPACE, since: now };
    const wanted = demo ? [own, { workspace: DEMO_WORKSPACE, since: demo }] : [own];
    for (const { workspace, since } of wanted) {
      const workspaceId = await createWorkspace(sql, workspace, since);
      await sql(
        `INSERT INTO memberships (workspace_id, person_id, role, created_at) VALUES ($1, $2, 'admin', $3)`,
        [workspaceId, personId, now],
      );
    }
    return { admin: { email: FIRST_ADMIN.email, oneTimePassword } };
  });
}

async function createAdmin(sql: Sql, passwordHash: string, now: Date): Promise<string> {
  const id = newId();
  await sql(
    `INSERT INTO people (id, email, name, password_hash, must_change_password, created_at) VALUES ($1, $2, $3, $4, true, $5)`,
    [id, FIRST_ADMIN.email, FIRST_ADMIN.name, passwordHash, now],
  );
  return id;
}
