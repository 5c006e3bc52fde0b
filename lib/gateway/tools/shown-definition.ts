/** What agents are shown of a tool: the words a person confirmed, or none. Pure. */
import type { Tool } from '@modelcontextprotocol/server';
import type { Json, ToolDefinition, ToolReportAnswer } from '@/lib/contracts';

type Reported = ToolReportAnswer['tools'][number];

const UNCONFIRMED =
  'Nobody has confirmed this tool yet. It can be called; a person then looks at the call before it runs.';
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
  return toolOf(name, { description: UNCONFIRMED, inputSchema: shapeOf(seen.inputSchema) });
}

function toolOf(name: string, definition: ToolDefinition): Tool {
  return {
    ...definition,
    name,
    inputSchema: { ...definition.inputSchema, type: 'object' },
  };
}

type Schema = Record<string, Json>;
/** What is kept of the value of a keyword, nothing when undefined. @param schema where it stands */
type Kept = (value: Json, schema: Schema) => Json | undefined;

const isObject = (value: Json | undefined): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The shape of a schema and none of its words: keywords that are not listed below can hold any text. */
function shapeOf(schema: Schema): Schema {
  return Object.fromEntries(
    Object.entries(schema).flatMap(([keyword, value]) => {
      const kept = KEYWORDS.get(keyword)?.(value, schema);
      return kept === undefined ? [] : [[keyword, kept]];
    }),
  );
}

const schema: Kept = (value) => {
  if (typeof value === 'boolean') return value;
  return isObject(value) ? shapeOf(value) : undefined;
};
const schemas: Kept = (value, inside) =>
  Array.isArray(value) ? value.flatMap((item) => schema(item, inside) ?? []) : undefined;
const named =
  (isName: (name: string) => boolean): Kept =>
  (value, inside) =>
    isObject(value)
      ? Object.fromEntries(
          Object.entries(value).flatMap(([name, inner]) => {
            const kept = isName(name) ? schema(inner, inside) : undefined;
            return kept === undefined ? [] : [[name, kept]];
          }),
        )
      : undefined;
const quantity: Kept = (value) =>
  typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
/** A list that loses one of its values would say something else. */
const wordless: Kept = (value) =>
  (Array.isArray(value) ? value : [value]).every(
    (item) => item === null || typeof item === 'number' || typeof item === 'boolean',
  )
    ? value
    : undefined;

const TYPES = new Set(['array', 'boolean', 'integer', 'null', 'number', 'object', 'string']);
const type: Kept = (value) =>
  (Array.isArray(value) ? value : [value]).every(
    (item) => typeof item === 'string' && TYPES.has(item),
  )
    ? value
    : undefined;
/** Names of properties stay, since a caller has to write them. */
const required: Kept = (value, { properties }) =>
  Array.isArray(value)
    ? value.filter(
        (name) =>
          typeof name === 'string' && isObject(properties) && Object.hasOwn(properties, name),
      )
    : undefined;
const REFERENCE = /^#(\/[\w.$-]{1,64}){0,16}$/;
const reference: Kept = (value) =>
  typeof value === 'string' && REFERENCE.test(value) ? value : undefined;
const definitions = named((name) => /^[\w.$-]{1,64}$/.test(name));

const KEYWORDS: ReadonlyMap<string, Kept> = new Map<string, Kept>([
  ['type', type],
  ['properties', named(() => true)],
  ['required', required],
  ['items', (value, inside) => schema(value, inside) ?? schemas(value, inside)],
  ['additionalProperties', schema],
  ...['prefixItems', 'anyOf', 'oneOf', 'allOf'].map((word): [string, Kept] => [word, schemas]),
  ['$ref', reference],
  ['$defs', definitions],
  ['definitions', definitions],
  ['enum', wordless],
  ['const', wordless],
  ...['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].map(
    (word): [string, Kept] => [word, quantity],
  ),
  ...['Length', 'Items', 'Properties'].flatMap((what): [string, Kept][] => [
    [`min${what}`, quantity],
    [`max${what}`, quantity],
  ]),
  ['uniqueItems', quantity],
]);
