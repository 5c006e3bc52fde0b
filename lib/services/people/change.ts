import { actorRef, requirePermission, type ConsoleActor } from '@/lib/auth';
import { revokeLoginsOf } from '@/lib/auth/logins';
import { DomainError, notFound, type Person, type PersonRole } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { requireId } from '@/lib/services/ids';
import { noteOf, record } from '@/lib/services/record';
import { PERSON_COLUMNS, PERSON_TABLES, serializePerson, type PersonRow } from './serialize';

export interface PersonChange {
  readonly role?: PersonRole | undefined;
  readonly disabled?: boolean | undefined;
}

/**
 * Changes a person's role here, or shuts them out everywhere. It counts at the person's next request.
 *
 * @throws DomainError `forbidden`, `not_found`, `last_admin`, `administered_elsewhere`
 */
export async function changePerson(
  context: ServiceContext,
  id: string,
  change: PersonChange,
): Promise<Person> {
  const { actor } = context;
  requirePermission(actor, 'people.manage');
  const personId = requireId(id, 'person');
  return withTransaction(async (sql) => {
    await lockMembers(sql, actor.workspaceId);
    const before = await selectPerson(sql, actor.workspaceId, personId);
    await refuseWithoutAdmin(sql, actor.workspaceId, before, change);
    if (change.role !== undefined && change.role !== before.role)
      await sql(
        'UPDATE memberships SET role = $3, decided_until = $4 WHERE workspace_id = $1 AND person_id = $2',
        [actor.workspaceId, personId, change.role, decidedUntil(before, change.role, context.now)],
      );
    if (change.disabled !== undefined) await setDisabled(sql, context, personId, change.disabled);
    const after = serializePerson(await selectPerson(sql, actor.workspaceId, personId));
    const body = { role: after.role, disabled: after.disabledAt !== null };
    await record(
      sql,
      context,
      [noteOf(context, 'person.changed', `person:${personId}`, body)],
      [{ type: 'workspace.changed', subjectId: personId }],
    );
    return after;
  });
}

/** When somebody who decided stops to; whoever was shut out before that had stopped then. */
const decidedUntil = (before: PersonRow, role: PersonRole, now: Date): Date | null =>
  role === 'viewer' && before.role !== 'viewer' ? (before.disabledAt ?? now) : null;

/** Two admins who lower each other at the same time must not leave none. */
async function lockMembers(sql: Sql, workspaceId: string): Promise<void> {
  await sql('SELECT 1 FROM memberships WHERE workspace_id = $1 ORDER BY person_id FOR UPDATE', [
    workspaceId,
  ]);
}

async function selectPerson(sql: Sql, workspaceId: string, personId: string): Promise<PersonRow> {
  const [row] = await sql<PersonRow>(
    `SELECT ${PERSON_COLUMNS} FROM ${PERSON_TABLES} WHERE m.workspace_id = $1 AND p.id = $2`,
    [workspaceId, personId],
  );
  if (row === undefined) throw notFound('person');
  return row;
}

async function refuseWithoutAdmin(
  sql: Sql,
  workspaceId: string,
  person: PersonRow,
  { role, disabled }: PersonChange,
): Promise<void> {
  const loses = disabled === true || (role !== undefined && role !== 'admin');
  if (person.role !== 'admin' || person.disabledAt !== null || !loses) return;
  const others = await sql(
    `SELECT 1 FROM ${PERSON_TABLES} WHERE m.workspace_id = $1 AND m.role = 'admin' AND p.disabled_at IS NULL AND p.id <> $2 LIMIT 1`,
    [workspaceId, person.id],
  );
  if (others.length > 0) return;
  throw new DomainError(
    'conflict',
    'last_admin',
    `${person.name} is the last admin of this workspace. Make somebody else an admin first.`,
  );
}

async function setDisabled(
  sql: Sql,
  { actor, now }: ServiceContext,
  personId: string,
  disabled: boolean,
): Promise<void> {
  await refuseForeign(sql, actor, personId);
  await sql('UPDATE people SET disabled_at = $2 WHERE id = $1', [personId, disabled ? now : null]);
  if (disabled) await revokeLoginsOf(sql, personId, now);
}

/** Being disabled holds in every workspace, so whoever does it must be an admin of each one the person is in. */
async function refuseForeign(sql: Sql, actor: ConsoleActor, personId: string): Promise<void> {
  const foreign = await sql(
    `SELECT 1 FROM memberships m JOIN workspaces w ON w.id = m.workspace_id
     WHERE m.person_id = $1 AND m.workspace_id <> $2 AND w.kind <> 'demo' AND NOT EXISTS (
       SELECT 1 FROM memberships mine WHERE mine.workspace_id = m.workspace_id AND mine.role = 'admin'
         AND 'person:' || mine.person_id = $3) LIMIT 1`,
    [personId, actor.workspaceId, actorRef(actor)],
  );
  if (foreign.length === 0) return;
  throw new DomainError(
    'forbidden',
    'administered_elsewhere',
    'This person also belongs to a workspace that you do not administer. Lower the role here instead.',
  );
}
