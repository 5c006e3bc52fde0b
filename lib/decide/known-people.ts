/** The people of a workspace, as far as it takes to tell who is whom. */
import type { Sql } from '@/lib/db';
import { samePerson, type Identity } from './same-person';
import { PERSON_DECIDES } from './may-still-decide';

export interface KnownPerson extends Identity {
  readonly personId: string;
  /** Signs in, and has a role that decides, or had both until lately: somebody who was shut out or lowered just now still counts. */
  readonly decides: boolean;
}

/**
 * For how long somebody counts as one who decides after they were shut out or lowered, in hours: an admin who does that to all others is
 * not alone for the time it takes to act (docs/decisions/0102-alone-for-a-moment.md).
 */
const COUNTS_AFTER_HOURS = 24;
const LATELY = `now() - interval '${COUNTS_AFTER_HOURS} hours'`;

/** Every account of the workspace, also those that are disabled: they may be second ones of somebody who is not. */
export function knownPeople(sql: Sql, workspaceId: string): Promise<KnownPerson[]> {
  return sql<KnownPerson>(
    `SELECT p.id AS "personId", p.email, p.name, (p.password_hash IS NOT NULL OR p.oidc_subject IS NOT NULL)
       AND (EXISTS (${PERSON_DECIDES('$1', 'p.id')}) OR me.decided_until > ${LATELY}
         OR (me.role <> 'viewer' AND p.disabled_at > ${LATELY})) AS decides
     FROM memberships me JOIN people p ON p.id = me.person_id WHERE me.workspace_id = $1`,
    [workspaceId],
  );
}

/** Somebody with every account that Belay takes for theirs: whoever is written down with an address is also known by a name. */
export const alsoKnownAs = <Somebody extends Identity>(
  somebody: Somebody,
  known: readonly Identity[],
): Identity[] => [somebody, ...known.filter((person) => samePerson(somebody, person))];
