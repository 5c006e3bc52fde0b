import type { z } from 'zod';
import { actorRef, requirePermission } from '@/lib/auth';
import { DomainError, type policyInputSchema, type policyVersionSchema } from '@/lib/contracts';
import { withTransaction } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { iso } from '@/lib/services/instants';
import { noteOf, record } from '@/lib/services/record';
import { nextVersion } from '@/lib/services/versions';
import { sha256Hex } from '@/lib/ledger';
import { compilePolicies, PolicyInvalid } from '@/lib/policy';

/**
 * Puts a new version of the trust policy in force, once it compiles.
 *
 * @throws DomainError `forbidden`, `invalid_policy` with every problem and its line, `stale_version`
 */
export async function createPolicy(
  context: ServiceContext,
  input: z.infer<typeof policyInputSchema>,
): Promise<z.infer<typeof policyVersionSchema>> {
  const { actor, now } = context;
  requirePermission(actor, 'policies.edit');
  refuseInvalid(input.text);
  const { text, reason } = input;
  const version = await withTransaction(async (sql) => {
    const next = await nextVersion(sql, actor.workspaceId, 'policy_version', input.basedOn);
    await sql(
      `INSERT INTO policies (workspace_id, version, text, reason, created_by, created_by_name, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7)`,
      [actor.workspaceId, next, text, reason, actorRef(actor), actor.name, now],
    );
    const body = { version: next, text, textSha256: sha256Hex(text), reason };
    await record(
      sql,
      context,
      [noteOf(context, 'policy.changed', `policy:${next}`, body)],
      [{ type: 'policy.changed', subjectId: String(next) }],
    );
    return next;
  });
  return { version, text, reason, createdBy: actor.name, createdAt: iso(now), current: true };
}

function refuseInvalid(text: string): void {
  try {
    compilePolicies(text);
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error;
    throw new DomainError('unprocessable', 'invalid_policy', error.message, {
      errors: error.errors.map(({ line, column, message }) => ({
        path: `text:${line}:${column}`,
        message: `Line ${line}: ${message}`,
      })),
    });
  }
}
