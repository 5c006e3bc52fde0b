/** What a decision leaves in the ledger, and what it announces to open browsers. */
import { redact } from '@/lib/ledger';
import { evidenceRecord } from './apply-signals';
import { isQuiet } from './evidence-of-action';
import type { DecisionRow } from './decision-rows';
import type { Announcement, LedgerNote } from './ledger-entries';

/** The decision, and that its permit was spent with it. */
export function decisionNotes(row: DecisionRow): LedgerNote[] {
  const { proposal, verdict, permit } = row;
  const { id, digest } = verdict;
  const decided = decisionNote(row);
  if (permit?.spent !== true) return [decided];
  const body = { permit: permit.id, agent: proposal.agentId, digest };
  return [
    decided,
    { kind: 'permit.redeemed', actor: proposal.actor, subject: `decision:${id}`, body },
  ];
}

function decisionNote({ proposal, verdict, workspace, trust }: DecisionRow): LedgerNote {
  return {
    kind: 'decision.made',
    actor: proposal.actor,
    subject: `decision:${verdict.id}`,
    body: {
      agent: proposal.agentId,
      session: proposal.sessionId ?? null,
      ...(proposal.chain === undefined || proposal.chain.length === 0
        ? {}
        : { chain: proposal.chain }),
      ...(proposal.caseId === undefined ? {} : { case: redact(proposal.caseId) }),
      tool: proposal.tool,
      arguments: redact(proposal.arguments),
      resource: redact(proposal.resource),
      digest: verdict.digest,
      outcome: verdict.outcome,
      ...(verdict.granting.used === undefined ? {} : { grant: verdict.granting.used.id }),
      reasons: verdict.reasons.map(({ code }) => code),
      score: trust.score,
      rung: trust.rung,
      policyVersion: workspace.policy.version,
      ladderVersion: workspace.ladder.version,
      signals: evidenceRecord(verdict.evidence),
    },
  };
}

/** That a call in which nothing was wrong moves trust a little goes without saying. */
export function announce({ proposal, verdict, approval }: DecisionRow): Announcement[] {
  const { agentId } = proposal;
  return [
    { type: 'decision.made', agentId },
    ...(isQuiet(verdict.evidence) ? [] : [{ type: 'trust.changed' as const, agentId }]),
    ...(approval === undefined
      ? []
      : [{ type: 'approval.opened' as const, agentId, subjectId: approval.id }]),
  ];
}
