import type { Reason } from '@/lib/policy';
import type { ToolFacts } from './facts';

/** A tool that is described otherwise than when a person confirmed it may do otherwise too: nobody calls it until one looked. */
export function changedTool(tool: ToolFacts): Reason | undefined {
  if (tool.changed !== true) return undefined;
  return {
    code: 'tool.changed',
    text: `The server of the tool "${tool.name}" describes it otherwise than a person confirmed, so its calls are stopped.`,
    remedy: 'A manager has to look at the change in the catalogue and confirm it.',
    source: { type: 'rule', id: 'tool.changed' },
  };
}
