/** Decision logs of OPA: what its policies denied an agent. */
import { z } from 'zod';
import { actorRef, requirePermission, type KeyActor } from '@/lib/auth';
import { plain } from './otlp/operations';
import { takeEvidence, type Item, type Rejected, type Taken } from './take';

/** As OPA's decision log plugin sends it; what else is in it is not looked at. */
const entrySchema = z.object({
  decision_id: z.string().min(1).max(200),
  labels: z.record(z.string(), z.unknown()).default({}),
  path: z.string().default(''),
  input: z.unknown(),
  result: z.unknown(),
  timestamp: z.iso.datetime({ offset: true }),
});
type Entry = z.infer<typeof entrySchema>;

const agentSchema = z.union([
  z
    .object({ subject: z.object({ type: z.literal('agent'), id: z.string() }) })
    .transform((input) => input.subject.id),
  z.object({ agent: z.object({ id: z.string() }) }).transform((input) => input.agent.id),
  z.object({ agent: z.string() }).transform((input) => input.agent),
]);
/** The answers that are a no, as policies usually give them. */
const deniedSchema = z.union([
  z.literal(false),
  z.object({ allow: z.literal(false) }),
  z.object({ allowed: z.literal(false) }),
  z.object({ decision: z.union([z.literal(false), z.literal('deny')]) }),
]);

/**
 * Takes the denials of a log; entries about nobody of ours and permissions are ignored.
 *
 * @throws DomainError `forbidden`, 429 `source_exhausted`, `source_paused`
 */
export async function recordOpaLog(
  { actor, now }: { readonly actor: KeyActor; readonly now: number },
  entries: readonly unknown[],
): Promise<Taken & { ignored: number }> {
  requirePermission(actor, 'signals.record');
  const items: Item[] = [];
  const broken: Rejected[] = [];
  for (const [n, raw] of entries.entries()) {
    const entry = entrySchema.safeParse(raw);
    if (entry.success) items.push(...itemsOf(entry.data));
    else broken.push({ id: String(n), why: 'it is no entry of a decision log' });
  }
  const { workspaceId } = actor;
  const by = { workspaceId, protocol: 'opa', actor: actorRef(actor), now } as const;
  const taken = await takeEvidence({ ...by, items });
  const ignored = entries.length - items.length - broken.length;
  return { ...taken, rejected: [...broken, ...taken.rejected], ignored };
}

function itemsOf({ decision_id: id, labels, path, input, result, timestamp }: Entry): Item[] {
  const agent = agentSchema.safeParse(input);
  if (!agent.success || !deniedSchema.safeParse(result).success) return [];
  return [
    {
      id,
      source: plain(labels['app'] ?? labels['id'] ?? 'opa'),
      agentId: agent.data,
      at: Date.parse(timestamp),
      statement: { kind: 'context.policy_denied', detail: { path: plain(path) } },
    },
  ];
}
