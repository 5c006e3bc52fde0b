import type { z } from 'zod';
import { requirePermission } from '@/lib/auth';
import type { AgentListQuery, agentPageSchema } from '@/lib/contracts';
import { sql, type SqlValue } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import {
  containsPattern,
  decodeCursor,
  pageFrom,
  type CursorKind,
  type CursorValue,
} from '@/lib/services/paging';
import {
  PIN_IN_FORCE,
  RUNG_IN_FORCE,
  selectAgents,
  selectSwitchesInForce,
  serializeAgent,
  type AgentRow,
} from './agent-rows';

interface Sort {
  readonly expression: string;
  readonly type: string;
  readonly kind: CursorKind;
  readonly valueOf: (row: AgentRow) => CursorValue;
}

/** What each sort compares; the id follows, so that the order is total. */
const SORTS: Readonly<Record<AgentListQuery['sort'], Sort>> = {
  name: {
    expression: 'lower(a.name)',
    type: 'text',
    kind: 'text',
    valueOf: (row) => row.name.toLowerCase(),
  },
  score: { expression: 't.score', type: 'float8', kind: 'number', valueOf: (row) => row.score },
  lastSeen: {
    expression: `coalesce(a.last_seen_at, 'epoch'::timestamptz)`,
    type: 'timestamptz',
    kind: 'instant',
    valueOf: (row) => (row.lastSeenAt ?? new Date(0)).toISOString(),
  },
  created: {
    expression: 'a.created_at',
    type: 'timestamptz',
    kind: 'instant',
    valueOf: (row) => row.createdAt.toISOString(),
  },
};

interface Conditions {
  readonly where: string[];
  readonly values: SqlValue[];
}

/** Values count from $3: $1 is the workspace and $2 the time. */
function filtersOf(query: AgentListQuery): Conditions {
  const where: string[] = [];
  const values: SqlValue[] = [];
  const add = (condition: (place: string) => string, value: SqlValue) => {
    values.push(value);
    where.push(condition(`$${values.length + 2}`));
  };
  if (query.q !== undefined && query.q.trim() !== '')
    add(
      (q) =>
        `(a.name ILIKE ${q} OR a.owner ILIKE ${q} OR a.purpose ILIKE ${q} OR a.id::text ILIKE ${q})`,
      containsPattern(query.q.trim()),
    );
  if (query.rung !== undefined) add((rung) => `${RUNG_IN_FORCE} = ${rung}`, query.rung);
  if (query.status !== undefined) add((status) => `a.status = ${status}`, query.status);
  if (query.tag !== undefined) add((tag) => `${tag} = ANY(a.tags)`, query.tag);
  return { where, values };
}

function withCursor({ where, values }: Conditions, query: AgentListQuery, sort: Sort): Conditions {
  const [value, id] = decodeCursor(query.cursor, [sort.kind, 'id']);
  if (value === undefined || id === undefined) return { where, values };
  const sign = query.order === 'asc' ? '>' : '<';
  const place = values.length + 3;
  const condition = `(${sort.expression}, a.id) ${sign} ($${place}::${sort.type}, $${place + 1}::uuid)`;
  return { where: [...where, condition], values: [...values, value, id] };
}

/** Agents of the workspace, filtered, sorted and paged by keyset, with the total of the filter. */
export async function listAgents(
  context: ServiceContext,
  query: AgentListQuery,
): Promise<z.infer<typeof agentPageSchema>> {
  const { actor, now } = context;
  requirePermission(actor, 'workspace.read');
  const sort = SORTS[query.sort];
  const filters = filtersOf(query);
  const page = withCursor(filters, query, sort);
  const [rows, switches, [counted]] = await Promise.all([
    selectAgents(sql, actor.workspaceId, now, {
      ...page,
      orderBy: `${sort.expression} ${query.order}, a.id ${query.order}`,
      limit: query.limit + 1,
    }),
    selectSwitchesInForce(sql, actor.workspaceId),
    sql<{ total: number }>(
      `SELECT count(*)::int AS total FROM agents a JOIN trust_states t ON t.workspace_id = a.workspace_id AND t.agent_id = a.id
       ${PIN_IN_FORCE} WHERE ${['a.workspace_id = $1', ...filters.where].join(' AND ')}`,
      [actor.workspaceId, now, ...filters.values],
    ),
  ]);
  const { items, nextCursor } = pageFrom(
    rows,
    query.limit,
    (row) => [sort.valueOf(row), row.id],
    (row) => serializeAgent(row, switches, now),
  );
  return { items, nextCursor, total: counted?.total ?? 0 };
}
