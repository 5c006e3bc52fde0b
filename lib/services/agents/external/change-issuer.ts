import type { IdentityIssuer, IdentityIssuerChange } from '@/lib/contracts';
import { newId, withTransaction, type Sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { excludeDecisions } from '@/lib/services/epochs';
import { requireId } from '@/lib/services/ids';
import {
  digestOf,
  endSubjects,
  note,
  refuseUrl,
  requireIssuer,
  requireMayChange,
  whoSays,
} from './issuers';

/**
 * Renames an issuer, or takes its keys from elsewhere. Whoever names other keys could sign as every one of its subjects: it is as if
 * they had removed the issuer and added it with the same subjects. What agents got as these subjects ends, and whoever had added
 * them keeps their part in that.
 *
 * @throws DomainError `forbidden`, `recent_sign_in_needed`, `not_found`, `address_refused`
 */
export async function changeIdentityIssuer(
  context: ServiceContext,
  given: string,
  change: IdentityIssuerChange,
): Promise<IdentityIssuer> {
  requireMayChange(context);
  if (change.jwksUrl !== undefined) refuseUrl(change.jwksUrl);
  const { workspaceId } = context.actor;
  const id = requireId(given, 'issuer');
  await withTransaction(async (sql) => {
    await excludeDecisions(sql, workspaceId);
    // Behind the lock: what somebody else has changed meanwhile stays changed.
    const before = await requireIssuer(workspaceId, id, sql);
    const next = nextOf(before, change);
    await sql(
      `UPDATE identity_issuers SET name = $3, jwks_url = $4, jwks = $5::jsonb, algorithms = $6
       WHERE workspace_id = $1 AND id = $2`,
      [
        workspaceId,
        id,
        next.name,
        next.jwksUrl,
        next.jwks === null ? null : JSON.stringify(next.jwks),
        next.algorithms,
      ],
    );
    if (believesOthers(before, next)) await takeOver(sql, context, id);
    const { name, jwksUrl, jwks, algorithms } = next;
    const keys = { jwksUrl, jwksSha256: digestOf(jwks) };
    await note(sql, context, 'identity_issuer.changed', id, { name, ...keys, algorithms });
  });
  return requireIssuer(workspaceId, id);
}

type Changing = Pick<IdentityIssuer, 'name' | 'jwksUrl' | 'jwks' | 'algorithms'>;

function nextOf(before: IdentityIssuer, change: IdentityIssuerChange): Changing {
  const { name = before.name, algorithms = before.algorithms } = change;
  if (change.jwksUrl !== undefined)
    return { name, algorithms, jwksUrl: change.jwksUrl, jwks: null };
  if (change.jwks !== undefined) return { name, algorithms, jwksUrl: null, jwks: change.jwks };
  return { name, algorithms, jwksUrl: before.jwksUrl, jwks: before.jwks };
}

/** Whether what is signed with other keys, or in another way, is believed from now on. */
const believesOthers = (before: Changing, next: Changing): boolean =>
  before.jwksUrl !== next.jwksUrl ||
  digestOf(before.jwks) !== digestOf(next.jwks) ||
  [...before.algorithms].sort().join() !== [...next.algorithms].sort().join();

/** The subjects stay, under new ids and in the name of whoever says so now. */
async function takeOver(sql: Sql, context: ServiceContext, issuerId: string): Promise<void> {
  const { actor, now } = context;
  const ended = await endSubjects(sql, context, 'issuer_id', issuerId);
  if (ended.length === 0) return;
  const { addedBy, addedAlone } = await whoSays(sql, actor);
  await sql(
    `UPDATE identity_subjects s SET id = n.id, added_by = $5, added_alone = $6, created_at = $7
     FROM unnest($3::uuid[], $4::uuid[]) AS n (before, id)
     WHERE s.workspace_id = $1 AND s.issuer_id = $2 AND s.id = n.before`,
    [actor.workspaceId, issuerId, ended, ended.map(() => newId()), addedBy, addedAlone, now],
  );
}
