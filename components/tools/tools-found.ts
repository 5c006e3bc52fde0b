import type { Tool } from '@/lib/contracts';

/** The tools whose name or description holds every word that was typed, whatever its case. */
export function toolsFound(tools: readonly Tool[], wanted: string): readonly Tool[] {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return tools.filter(({ name, description = '' }) => {
    const text = `${name} ${description ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
