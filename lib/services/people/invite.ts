import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import { hashPassword, newOneTimePassword } from '@/lib/auth/password';
import { DomainError, type personCreatedSchema, type personInputSchema } from '@/lib/contracts';
import { newId, withTransaction, type Sql } from '@/lib/db';
import { env } from '@/lib/env';
import type { ServiceContext } from '@/lib/services/context';
import { noteOf, record } from '@/lib/services/record';
import { PERSON_COLUMNS, PERSON_TABLES, serializePerson, type PersonRow } from './serialize';

type Input = z.infer<typeof personInputSchema>;

/**
 * Lets somebody into the workspace. A new person gets a one-time password, shown in this answer alone; with an identity
 * provider, they sign in there. Somebody who is known from another workspace keeps their own password.
 *
 * @throws DomainError `forbidden`, `already_member`
 */
export async function invitePerson(
  context: ServiceContext,
  input: Input,
): Promise<z.infer<typeof personCreatedSchema>> {
  const { actor, now } = context;
  requirePermission(actor, 'people.manage');
  const oneTimePassword = newOneTimePassword();
  const passwordHash = await hashPassword(oneTimePassword);
  return withTransaction(async (sql) => {
    const { id, created } = await findOrCreate(sql, { ...input, passwordHash, now });
    const joined = await sql(
      `INSERT INTO memberships (workspace_id, person_id, role, created_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING person_id`,
      [actor.workspaceId, id, input.role, now],
    );
    if (joined.length === 0) throw alreadyMember(input.email);
    const [row] = await sql<PersonRow>(
      `SELECT ${PERSON_COLUMNS} FROM ${PERSON_TABLES} WHERE m.workspace_id = $1 AND p.id = $2`,
      [actor.workspaceId, id],
    );
    if (row === undefined) throw new Error('a membership just written is not there');
    await record(
      sql,
      context,
      [noteOf(context, 'person.invited', `person:${id}`, { role: input.role })],
      [{ type: 'workspace.changed', subjectId: id }],
    );
    const shown = created && env().oidc === undefined ? { oneTimePassword } : {};
    return { ...serializePerson(row), ...shown };
  });
}

async function findOrCreate(
  sql: Sql,
  input: Input & { passwordHash: string; now: Date },
): Promise<{ id: string; created: boolean }> {
  const [created] = await sql<{ id: string }>(
    `INSERT INTO people (id, email, name, password_hash, must_change_password, created_at) VALUES ($1, $2, $3, $4, true, $5)
     ON CONFLICT (email) DO NOTHING RETURNING id`,
    [newId(), input.email, input.name, input.passwordHash, input.now],
  );
  if (created !== undefined) return { id: created.id, created: true };
  const [known] = await sql<{ id: string }>('SELECT id FROM people WHERE email = $1', [
    input.email,
  ]);
  if (known === undefined) throw new Error('an e-mail address is taken by nobody');
  return { id: known.id, created: false };
}

function alreadyMember(email: string): DomainError {
  return new DomainError(
    'conflict',
    'already_member',
    `${email} is in this workspace already. Change the role in the list.`,
  );
}
