import { personRoleSchema, type Person } from '@/lib/contracts';
import { iso, isoOrNull } from '@/lib/services/instants';

export interface PersonRow {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly role: string;
  readonly oidcSubject: string | null;
  readonly hasPassword: boolean;
  readonly disabledAt: Date | null;
  readonly createdAt: Date;
}

export const PERSON_COLUMNS = `p.id, p.email, p.name, m.role, p.oidc_subject AS "oidcSubject",
  p.password_hash IS NOT NULL AS "hasPassword", p.disabled_at AS "disabledAt", m.created_at AS "createdAt"`;
export const PERSON_TABLES = 'memberships m JOIN people p ON p.id = m.person_id';

export function serializePerson(row: PersonRow): Person {
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    role: personRoleSchema.parse(row.role),
    signIn: signInOf(row),
    disabledAt: isoOrNull(row.disabledAt),
    createdAt: iso(row.createdAt),
  };
}

function signInOf({ oidcSubject, hasPassword }: PersonRow): Person['signIn'] {
  if (oidcSubject !== null) return 'oidc';
  return hasPassword ? 'password' : 'none';
}
