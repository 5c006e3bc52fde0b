/** What makes two calls like each other. Pure, the same in the browser and behind the API. */
import type { PatternedCall } from './grant-pattern';
import type { Json } from './primitives';

export interface ShapedCall extends PatternedCall {
  readonly agentId: string;
  readonly tool: string;
}

/** The same for calls of one agent and tool that reach the same kind of thing with arguments of the same names and types. */
export function callShape({ agentId, tool, resource, arguments: given }: ShapedCall): string {
  const names = Object.entries(given).map(([name, value]) => [name, typeOf(value)] as const);
  names.sort(([one], [other]) => (one < other ? -1 : 1));
  return JSON.stringify([agentId, tool, resource.type, names]);
}

const typeOf = (value: Json): string =>
  value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value;
