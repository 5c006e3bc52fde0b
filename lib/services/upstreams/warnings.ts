/** What stands out in a definition that an MCP server gives of its tool. Pure. */
import { UNSEEN_CHARACTERS, type DefinitionWarning, type ToolDefinition } from '@/lib/contracts';
import { detectInstructions } from '@/lib/provenance';

const MOST_WARNINGS = 20;
const EXCERPT = 200;
/** Line breaks and tabs are how descriptions are laid out; everything else of the list is there to be missed. */
const HIDDEN = new RegExp(`(?![\\n\\r\\t])[${UNSEEN_CHARACTERS}]`, 'u');

/**
 * Passages that give orders to whoever reads them, and characters nobody can see, anywhere in the definition: models read the
 * words of a schema as they read a description.
 */
export function warningsOf(definition: ToolDefinition): DefinitionWarning[] {
  return textsOf(definition, '')
    .flatMap(({ path, text }): DefinitionWarning[] => {
      const hidden = HIDDEN.exec(text);
      const orders = detectInstructions(text).spans[0];
      return [
        ...(orders === undefined
          ? []
          : [{ kind: 'orders' as const, path, excerpt: shown(orders.excerpt) }]),
        ...(hidden === null
          ? []
          : [
              {
                kind: 'hidden_characters' as const,
                path,
                excerpt: shown(text.slice(Math.max(0, hidden.index - 40), hidden.index + 80)),
              },
            ]),
      ];
    })
    .slice(0, MOST_WARNINGS);
}

/** Every text of a JSON value, names of members too, with its JSON Pointer. */
function textsOf(value: unknown, path: string): { path: string; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (Array.isArray(value))
    return value.flatMap((item, index) => textsOf(item, `${path}/${index}`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const place = `${path}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`;
    return [{ path: place, text: name }, ...textsOf(inner, place)];
  });
}

/** As PostgreSQL can keep it: without NUL and halves of characters. */
const shown = (text: string): string =>
  text.slice(0, EXCERPT).replaceAll('\u0000', '\ufffd').toWellFormed();
