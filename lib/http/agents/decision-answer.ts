/** A decision as the answer to an evaluation, with the permit or the approval that came of it. */
import { issuer, signPermit } from '@/lib/auth/agents';
import type { EvaluationResponse, Reason } from '@/lib/contracts';
import type { Decided } from '@/lib/decide';
import { sql } from '@/lib/db';

export async function answerOf(workspaceId: string, decided: Decided): Promise<EvaluationResponse> {
  const { id, agentId, outcome, reasons, trust, digest, approval, permit } = decided;
  const { cacheableSeconds: cacheableFor, redeemedAt } = decided;
  return {
    decision: outcome === 'allow',
    context: {
      id,
      outcome,
      reasons: reasons.map((reason): Reason => ({
        ...reason,
        source: reason.source === undefined ? undefined : { ...reason.source },
      })),
      trust,
      ...(cacheableFor === undefined ? {} : { cacheableFor }),
      ...(approval === undefined
        ? {}
        : {
            approval: {
              ...(await approvalRef(workspaceId, approval.id, approval.expiresAt)),
              // It was shown, and let the action run.
              ...(permit === undefined ? {} : { approved_until: instantOf(permit.expiresAt) }),
            },
          }),
      ...(approval === undefined || outcome !== 'require_approval'
        ? {}
        : requestable(id, reasons[0]?.code ?? outcome, approval.expiresAt)),
      ...(redeemedAt === undefined ? {} : { redeemedAt: instantOf(redeemedAt) }),
      // A permit that is spent is no use to anybody.
      ...(permit === undefined || redeemedAt !== undefined
        ? {}
        : {
            permit: {
              ...(await signPermit({
                permitId: permit.id,
                decisionId: id,
                agentId,
                digest,
                expiresAt: permit.expiresAt,
              })),
              session: decided.sessionId,
              policyVersion: String(decided.policyVersion),
            },
          }),
    },
  };
}

const instantOf = (at: number): string => new Date(at).toISOString();

/** How a program asks for the approval that waits already, in the words of the access request profile of AuthZEN. */
function requestable(id: string, reason: string, expiresAt: number) {
  return {
    evaluation_id: id,
    reason,
    access_request: {
      endpoint: `${issuer()}/access/v1/requests`,
      template: 'belay.approval',
      expires_at: instantOf(expiresAt),
      display: {
        title: 'A person decides',
        description: 'This action may run once a person has approved exactly this.',
      },
    },
  };
}

const slugs = new Map<string, string>();

/** Where a person finds an approval, for an agent to pass on. */
export async function approvalRef(workspaceId: string, id: string, expiresAt: number) {
  const slug = slugs.get(workspaceId) ?? (await readSlug(workspaceId));
  slugs.set(workspaceId, slug);
  return {
    id,
    expiresAt: instantOf(expiresAt),
    url: `${issuer()}/${slug}/approvals/${id}`,
  };
}

async function readSlug(workspaceId: string): Promise<string> {
  const [row] = await sql<{ slug: string }>('SELECT slug FROM workspaces WHERE id = $1', [
    workspaceId,
  ]);
  return row?.slug ?? workspaceId;
}
