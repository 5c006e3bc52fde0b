/** What a server hints about its own tool, and the strictest reading of it. Hints are no facts: a person confirms them. Pure. */
import type { Tool, ToolDefinition, ToolInput } from '@/lib/contracts';

export type ToolFactsInput = Omit<ToolInput, 'name' | 'description' | 'tags'>;

const HINT_NAMES = ['readOnlyHint', 'destructiveHint', 'idempotentHint', 'openWorldHint'] as const;

/** The hints that were given, in the words of the protocol. */
export function hintsOf({ annotations = {} }: ToolDefinition): string[] {
  return HINT_NAMES.flatMap((name) => {
    const value = annotations[name];
    return typeof value === 'boolean' ? [`${name}: ${value}`] : [];
  });
}

/** What is not hinted counts as the worst, as the protocol has it. */
export function strictestReading({ annotations = {} }: ToolDefinition): ToolFactsInput {
  const reads = annotations['readOnlyHint'] === true;
  const reversible = reads || annotations['destructiveHint'] === false;
  const egress = annotations['openWorldHint'] !== false;
  return {
    sideEffect: reads ? 'none' : 'write',
    reversible,
    egress,
    dataClass: 'internal',
    untrustedOutput: true,
    risk: reads && !egress ? 'low' : reversible ? 'medium' : 'high',
  };
}

/** What the form begins with: what holds already, or else the strictest reading. */
export function firstFacts(definition: ToolDefinition, known: Tool | undefined): ToolFactsInput {
  if (known === undefined) return strictestReading(definition);
  const { sideEffect, reversible, egress, dataClass, untrustedOutput, risk } = known;
  return { sideEffect, reversible, egress, dataClass, untrustedOutput, risk };
}
