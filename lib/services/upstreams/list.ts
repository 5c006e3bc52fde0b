import { requirePermission } from '@/lib/auth';
import type { ToolImport } from '@/lib/contracts';
import { sql } from '@/lib/db';
import type { ServiceContext } from '@/lib/services/context';
import { selectImports, serializeImport } from './definition-rows';

const ORDER = { changed: 0, new: 1, confirmed: 2 } as const;

/** Tools of MCP servers: those that changed first, then those nobody has looked at. */
export async function listImports({ actor }: ServiceContext): Promise<{ items: ToolImport[] }> {
  requirePermission(actor, 'workspace.read');
  const { imports, definitions } = await selectImports(sql, actor.workspaceId, null);
  const items = imports.map((row) => serializeImport(row, definitions));
  return { items: items.toSorted((a, b) => ORDER[a.state] - ORDER[b.state]) };
}
