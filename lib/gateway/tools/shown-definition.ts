/** What agents are shown of a tool: the words a person confirmed, or none. Pure. */
import type { Tool } from '@modelcontextprotocol/server';
import type { Json, ToolDefinition, ToolReportAnswer } from '@/lib/contracts';

type Reported = ToolReportAnswer['tools'][number];

const UNCONFIRMED =
  'Nobody has confirmed this tool yet. It can be called; a person then looks at the call before it runs.';
/** Members of a JSON Schema that are words for its reader. */
const WORDS = new Set([
  'title',
  'description',
  '$comment',
  'examples',
  'default',
  'markdownDescription',
]);

/**
 * The confirmed definition, also while the server says something else. Of a tool nobody confirmed, its name and the shape of its
 * arguments without a word of its server; nothing at all when its definition was flagged.
 *
 * @param name as agents see it
 * @param seen what the server says now
 */
export function shownDefinition(
  name: string,
  { confirmed, flagged }: Pick<Reported, 'confirmed' | 'flagged'>,
  seen: ToolDefinition,
): Tool | undefined {
  if (confirmed !== null) return toolOf(name, confirmed);
  if (flagged) return undefined;
  const inputSchema = withoutWords(seen.inputSchema) as ToolDefinition['inputSchema'];
  return toolOf(name, { description: UNCONFIRMED, inputSchema });
}

function toolOf(name: string, definition: ToolDefinition): Tool {
  return {
    ...definition,
    name,
    inputSchema: { ...definition.inputSchema, type: 'object' },
  };
}

/** A schema without its words. Names of properties stay, since a caller has to write them. */
function withoutWords(schema: Json): Json {
  if (Array.isArray(schema)) return schema.map(withoutWords);
  if (typeof schema !== 'object' || schema === null) return schema;
  return Object.fromEntries(
    Object.entries(schema)
      .filter(([key, value]) => !WORDS.has(key) || isSchemaNamed(key, value))
      .map(([key, value]) => [
        key,
        NAMED.has(key) && isObject(value)
          ? Object.fromEntries(
              Object.entries(value).map(([name, inner]) => [name, withoutWords(inner)]),
            )
          : withoutWords(value),
      ]),
  );
}

/** Below these, keys are names that the server chose and values are schemas. */
const NAMED = new Set([
  'properties',
  '$defs',
  'definitions',
  'patternProperties',
  'dependentSchemas',
]);
const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** Nothing that is a word is a schema; kept apart so that a property called "title" is not taken for one. */
const isSchemaNamed = (key: string, value: Json): boolean => key === 'title' && isObject(value);
