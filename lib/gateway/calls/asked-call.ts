import type { Json } from '@/lib/contracts';
import type { AskedCall } from '../belay/api';
import type { OfferedTool } from '../tools/catalogue';

const MOST_ID = 1_000;

/** The call as Belay is asked about it: what it acts on is an argument where the configuration says so, else its server. */
export function askedCall(
  { name, tool, upstream }: Pick<OfferedTool, 'name' | 'tool' | 'upstream'>,
  given: Readonly<Record<string, Json>>,
): AskedCall {
  const named = upstream.config.resources[tool.name];
  const value = named === undefined ? undefined : given[named.id];
  const usable = typeof value === 'string' || typeof value === 'number';
  const resource =
    named !== undefined && usable && String(value) !== ''
      ? { type: named.type, id: String(value).slice(0, MOST_ID) }
      : { type: 'mcp', id: upstream.name };
  return { action: { name, properties: { arguments: { ...given } } }, resource };
}
