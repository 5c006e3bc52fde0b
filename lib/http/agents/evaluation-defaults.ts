import type { EvaluationsRequest } from '@/lib/contracts';

/** Members an entity cannot be without: only these are taken from the default of an evaluation that has its own. */
const NEEDED = {
  subject: ['type', 'id'],
  action: ['name'],
  resource: ['type', 'id'],
} as const satisfies Partial<Record<keyof EvaluationsRequest, readonly string[]>>;

type Members = Readonly<Record<string, unknown>>;
const isRecord = (value: unknown): value is Members =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * One of several evaluations with what it inherits. Its own subject, action, resource or context stands for the whole default, so
 * that no property of one thing is said of another; a type, id or name it leaves out is the default's.
 */
export function withDefaults(request: EvaluationsRequest, item: unknown): unknown {
  if (!isRecord(item)) return item;
  const entities = Object.entries(NEEDED).map(([member, needed]) => {
    const own = item[member];
    const inherited = request[member];
    if (own === undefined) return [member, inherited];
    if (!isRecord(own) || !isRecord(inherited)) return [member, own];
    const taken = needed.flatMap((name) =>
      inherited[name] === undefined ? [] : [[name, inherited[name]]],
    );
    return [member, { ...(Object.fromEntries(taken) as Members), ...own }];
  });
  const whole = Object.fromEntries(entities) as Members;
  return { ...item, ...whole, context: item['context'] ?? request.context };
}
