/** Console logins in the database. Every request asks for its row, so that a lowered role counts at the next request. */
import type { PersonRole, Workspace } from '@/lib/contracts';
import { newId, sql, type Sql } from '@/lib/db';
import { LOGIN_SECONDS, type LoginClaims } from './session-cookie';

export interface WorkspaceMembership extends Workspace {
  readonly role: PersonRole;
}

/** A login that counts right now, with what the person may enter. */
export interface Login {
  readonly loginId: string;
  readonly signedInAt: Date;
  readonly personId: string;
  readonly name: string;
  readonly email: string;
  readonly mustChangePassword: boolean;
  readonly lastWorkspaceId: string | null;
  readonly workspaces: readonly WorkspaceMembership[];
}

export type SignInMethod = 'password' | 'identity provider';

export async function createLogin(run: Sql, personId: string, now: Date): Promise<string> {
  const id = newId();
  await run(
    `INSERT INTO login_sessions (id, person_id, created_at, last_seen_at, expires_at) VALUES ($1, $2, $3, $3, $4)`,
    [id, personId, now, new Date(now.getTime() + LOGIN_SECONDS * 1000)],
  );
  return id;
}

type Row = {
  name: string;
  email: string;
  must_change_password: boolean;
  last_workspace_id: string | null;
  signed_in_at: Date;
  seen_lately: boolean;
  id: string | null;
  slug: string;
  workspace_name: string;
  kind: Workspace['kind'];
  role: PersonRole;
};

/** The login behind a cookie, or nothing when it was revoked, has expired, or the person is disabled. */
export async function findLogin(claims: LoginClaims, now: Date): Promise<Login | undefined> {
  const rows = await sql<Row>(
    `SELECT p.name, p.email, p.must_change_password, p.last_workspace_id, s.created_at AS signed_in_at,
            s.last_seen_at > $3::timestamptz - interval '1 minute' AS seen_lately,
            w.id, w.slug, w.name AS workspace_name, w.kind, m.role
     FROM login_sessions s
     JOIN people p ON p.id = s.person_id
     LEFT JOIN memberships m ON m.person_id = p.id
     LEFT JOIN workspaces w ON w.id = m.workspace_id
     WHERE s.id = $1 AND s.person_id = $2 AND s.revoked_at IS NULL AND s.expires_at > $3 AND p.disabled_at IS NULL
     ORDER BY w.kind DESC, w.slug`,
    [claims.loginId, claims.personId, now],
  );
  const [first] = rows;
  if (first === undefined) return undefined;
  if (!first.seen_lately)
    await sql('UPDATE login_sessions SET last_seen_at = $2 WHERE id = $1', [claims.loginId, now]);
  return {
    loginId: claims.loginId,
    signedInAt: first.signed_in_at,
    personId: claims.personId,
    name: first.name,
    email: first.email,
    mustChangePassword: first.must_change_password,
    lastWorkspaceId: first.last_workspace_id,
    workspaces: rows.flatMap(({ id, slug, workspace_name: name, kind, role }) =>
      id === null ? [] : [{ id, slug, name, kind, role }],
    ),
  };
}

/** @returns whose login it was, or nothing when it has ended already or is none */
export async function revokeLogin(
  run: Sql,
  loginId: string,
  now: Date,
): Promise<string | undefined> {
  const [row] = await run<{ person_id: string }>(
    `UPDATE login_sessions SET revoked_at = $2
     WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2 RETURNING person_id`,
    [loginId, now],
  );
  return row?.person_id;
}

/** Ends all logins of a person, but for `except`: after a new password, or when the person is disabled. */
export async function revokeLoginsOf(
  run: Sql,
  personId: string,
  now: Date,
  except: string | null = null,
): Promise<void> {
  await run(
    `UPDATE login_sessions SET revoked_at = $2
     WHERE person_id = $1 AND revoked_at IS NULL AND ($3::uuid IS NULL OR id <> $3)`,
    [personId, now, except],
  );
}
