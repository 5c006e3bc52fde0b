import type { DefinitionState, Tool, ToolImport } from '@/lib/contracts';

function hasWords(text: string, wanted: string): boolean {
  const lower = text.toLowerCase();
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return words.every((word) => lower.includes(word));
}

/** The tools whose name or description holds every word that was typed, whatever its case. */
export const toolsFound = (tools: readonly Tool[], wanted: string): readonly Tool[] =>
  tools.filter(({ name, description }) => hasWords(`${name} ${description ?? ''}`, wanted));

/** Which tools of servers somebody looks for. */
export interface Wanted {
  readonly state: 'all' | Exclude<DefinitionState, 'confirmed'>;
  readonly words: string;
}

export const importsFound = (
  tools: readonly ToolImport[],
  { state, words }: Wanted,
): readonly ToolImport[] =>
  tools.filter(
    (tool) =>
      (state === 'all' || tool.state === state) &&
      hasWords(`${tool.name} ${tool.seen.definition.description ?? ''}`, words),
  );

/** How many there are of each. */
export const countsOf = (tools: readonly ToolImport[]) => ({
  all: tools.length,
  changed: tools.filter(({ state }) => state === 'changed').length,
  new: tools.filter(({ state }) => state === 'new').length,
});
