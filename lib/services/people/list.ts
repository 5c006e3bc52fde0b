import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { personListSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { decodeCursor, pageFrom } from '@/lib/services/paging';
import { PERSON_COLUMNS, PERSON_TABLES, serializePerson, type PersonRow } from './serialize';

/** The people of the workspace by name. */
export async function listPeople(
  { actor }: ServiceContext,
  query: { cursor?: string | undefined; limit: number },
): Promise<z.infer<typeof personListSchema>> {
  requirePermission(actor, 'workspace.read');
  const [name, id] = decodeCursor(query.cursor, ['text', 'id']);
  const rows = await sql<PersonRow>(
    `SELECT ${PERSON_COLUMNS} FROM ${PERSON_TABLES}
     WHERE m.workspace_id = $1 AND ($2::text IS NULL OR (lower(p.name), p.id) > ($2, $3::uuid))
     ORDER BY lower(p.name), p.id LIMIT $4`,
    [actor.workspaceId, name ?? null, id ?? null, query.limit + 1],
  );
  return pageFrom(rows, query.limit, (row) => [row.name.toLowerCase(), row.id], serializePerson);
}
