import type { SwitchInput } from '@/lib/contracts';
import type { Sql } from '@/lib/db';
import { endGrants } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';

type Scope = SwitchInput['scope'];

/** Which grants a scope reaches; `$6` is its value. */
const IN_SCOPE: Readonly<Record<Scope['type'], string>> = {
  workspace: '$6::text IS NULL',
  agent: 'a.id = $6::uuid',
  tool: 'g.tool = $6',
  tag: `($6 = ANY(a.tags) OR EXISTS (SELECT 1 FROM tools t WHERE t.workspace_id = g.workspace_id AND t.name = g.tool AND $6 = ANY(t.tags)))`,
};

/** A stop ends every grant it reaches, so that none of them lives again when it is released. The caller holds the epochs. */
export function endGrantsInScope(
  sql: Sql,
  { actor, now }: ServiceContext,
  { scope, endedBy, text }: { scope: Scope; endedBy: string; text: string },
) {
  return endGrants(sql, {
    workspaceId: actor.workspaceId,
    which: { text: IN_SCOPE[scope.type], value: scope.value ?? null },
    why: { code: 'stopped', text },
    endedBy,
    now: now.getTime(),
  });
}
