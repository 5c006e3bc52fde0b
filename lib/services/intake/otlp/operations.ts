/**
 * What spans of the OpenTelemetry GenAI conventions say about an agent. None of it lifts trust: who exports telemetry often runs
 * within the agent's own process.
 */
import type { Statement } from '../take';
import type { Span } from './span';

interface Operation {
  /** How much of a failed task a failure is. */
  readonly failure?: number;
  /** Whether it counts as a call in the rate of errors. */
  readonly call?: true;
  /** Whether the tokens it names are compared with what is usual for the operation. */
  readonly tokens?: true;
}

/** By `gen_ai.operation.name`. Spans of other operations are counted and ignored. */
const OPERATIONS: Readonly<Record<string, Operation>> = {
  execute_tool: { failure: 0.25, call: true },
  invoke_agent: { failure: 0.5, tokens: true },
  chat: { tokens: true },
  generate_content: { tokens: true },
  text_completion: { tokens: true },
};

export interface Observation {
  readonly operation: string;
  readonly failed: boolean;
  readonly call: boolean;
  /** In and out together. */
  readonly tokens: number | undefined;
  readonly statement: Statement | undefined;
}

/** @returns undefined for a span that says nothing about an agent */
export function observationOf(span: Span): Observation | undefined {
  const operation = String(span.attributes.get('gen_ai.operation.name') ?? '');
  if (!Object.hasOwn(OPERATIONS, operation)) return undefined;
  const { failure, call = false, tokens = false } = OPERATIONS[operation] ?? {};
  const error = span.attributes.get('error.type');
  const failed = span.failed || error !== undefined;
  return {
    operation,
    failed,
    call,
    tokens: tokens ? tokensOf(span) : undefined,
    statement:
      failed && failure !== undefined
        ? { kind: 'outcome.task_failed', magnitude: failure, detail: detailOf(span, operation) }
        : undefined,
  };
}

function tokensOf({ attributes }: Span): number | undefined {
  const parts = ['gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens'].map((name) =>
    attributes.get(name),
  );
  const counts = parts.filter(
    (part): part is number => typeof part === 'number' && Number.isFinite(part) && part >= 0,
  );
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count, 0);
}

function detailOf({ attributes }: Span, operation: string): Record<string, string> {
  const named = {
    operation,
    tool: attributes.get('gen_ai.tool.name'),
    error: attributes.get('error.type'),
  };
  return Object.fromEntries(
    Object.entries(named).flatMap(([name, of]) => (of === undefined ? [] : [[name, plain(of)]])),
  );
}

/** What telemetry names, short and without characters that a database or a screen stumbles over. */
export const plain = (value: unknown): string =>
  String(value)
    .replaceAll(/[\p{Cc}\p{Cs}]/gu, '')
    .slice(0, 200);
