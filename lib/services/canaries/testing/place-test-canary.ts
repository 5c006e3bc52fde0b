import { vigilanceBodySchema, type CanaryTemplate } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { TestWorkspace } from '@/lib/services/testing/fixture';
import { getVigilance } from '@/lib/services/vigilance/get';
import { setVigilance } from '@/lib/services/vigilance/set';
import { tendIn } from '../tend';

const DAY_MS = 86_400_000;
export const TEST_TEMPLATE: CanaryTemplate = {
  tool: 'crm.update',
  risk: 'high',
  resource: { type: 'customer', id: 'C-1' },
  arguments: { id: 'C-2', two_factor: 'off' },
  notice: 'Another customer than the one it names.',
};

/**
 * Seals a canary a day ago, so that it is due, and places it now, beside a request that an agent made.
 *
 * @returns its approval and decision
 */
export async function placeTestCanary(
  workspace: TestWorkspace,
): Promise<{ id: string; decisionId: string }> {
  const manager = workspace.as('manager');
  const { settings, version } = await getVigilance(manager);
  const wanted = { canariesPerDay: 1, canaryTemplates: [TEST_TEMPLATE] };
  if (settings.canariesPerDay === 0)
    await setVigilance(manager, {
      settings: vigilanceBodySchema.parse(wanted),
      reason: 'A test',
      basedOn: version,
    });
  await tendIn(workspace.id, Date.now() - DAY_MS + 1_000);
  await tendIn(workspace.id, Date.now());
  const [row] = await sql<{ id: string; decisionId: string }>(
    `SELECT approval_id AS id, decision_id AS "decisionId" FROM canaries
     WHERE workspace_id = $1 AND placed_at IS NOT NULL AND outcome IS NULL`,
    [workspace.id],
  );
  if (row === undefined) throw new Error('no canary was placed');
  return row;
}
