import type { Sql } from '@/lib/db';
import type { AppliedSignals } from './apply-signals';

/** What a verdict did to trust is kept with its approval, which can show it for ever. The caller has locked the approval. @param verdict.now milliseconds since the epoch */
export async function storeVerdictEffect(
  sql: Sql,
  {
    workspaceId,
    approvalId,
    now,
    assessment,
  }: Pick<AppliedSignals, 'assessment'> & {
    workspaceId: string;
    approvalId: string;
    now: number;
  },
): Promise<void> {
  const { before, reading, rung, rungChange, contributions } = assessment;
  const texts = [...contributions.map(({ text }) => text), ...(rungChange?.reasons ?? [])];
  await sql(
    'UPDATE approvals SET trust_before = $3::jsonb, trust_after = $4::jsonb, counted_at = $5 WHERE workspace_id = $1 AND id = $2',
    [
      workspaceId,
      approvalId,
      JSON.stringify({ score: before.score, rung: rungChange?.from ?? rung }),
      JSON.stringify({ score: reading.score, rung, texts }),
      new Date(now),
    ],
  );
}
