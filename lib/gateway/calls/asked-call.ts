import type { Json } from '@/lib/contracts';
import type { AskedCall } from '../belay/api';
import type { OfferedTool } from '../tools/catalogue';

const MOST_ID = 1_000;

/**
 * The call as Belay is asked about it: what it acts on is an argument where the configuration says so, else its server. An argument
 * that names nothing is no call on the server as a whole, and a name that is cut is another one: neither can be decided on.
 *
 * @returns a sentence for the agent when what the call acts on cannot be told
 */
export function askedCall(
  { name, tool, upstream }: Pick<OfferedTool, 'name' | 'tool' | 'upstream'>,
  given: Readonly<Record<string, Json>>,
): AskedCall | { readonly refused: string } {
  const action = { name, properties: { arguments: { ...given } } };
  const named = upstream.config.resources[tool.name];
  if (named === undefined) return { action, resource: { type: 'mcp', id: upstream.name } };
  const value = Object.hasOwn(given, named.id) ? given[named.id] : undefined;
  const id = typeof value === 'number' ? String(value) : value;
  if (typeof id === 'string' && id !== '' && id.length <= MOST_ID)
    return { action, resource: { type: named.type, id } };
  return {
    refused:
      `The argument "${named.id}" of "${name}" names what the call acts on. ` +
      `Give it as one text of 1 to ${MOST_ID} characters, or a number.`,
  };
}
