/** The people of a workspace, as far as it takes to tell who is whom. */
import type { Sql } from '@/lib/db';
import { samePerson, type Identity } from './same-person';
import { PERSON_DECIDES } from './may-still-decide';

export interface KnownPerson extends Identity {
  readonly personId: string;
  /** Signs in, and has a role that decides. */
  readonly decides: boolean;
}

/** Every account of the workspace, also those that are disabled: they may be second ones of somebody who is not. */
export function knownPeople(sql: Sql, workspaceId: string): Promise<KnownPerson[]> {
  return sql<KnownPerson>(
    `SELECT p.id AS "personId", p.email, p.name, (p.password_hash IS NOT NULL OR p.oidc_subject IS NOT NULL)
       AND EXISTS (${PERSON_DECIDES('$1', 'p.id')}) AS decides
     FROM memberships me JOIN people p ON p.id = me.person_id WHERE me.workspace_id = $1`,
    [workspaceId],
  );
}

/** Somebody with every account that Belay takes for theirs: whoever is written down with an address is also known by a name. */
export const alsoKnownAs = <Somebody extends Identity>(
  somebody: Somebody,
  known: readonly Identity[],
): Identity[] => [somebody, ...known.filter((person) => samePerson(somebody, person))];
