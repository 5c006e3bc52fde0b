/** Lines of a journal: an outcome that is on its way, or that it has arrived. */
import { z } from 'zod';
import { outcomeRequestSchema } from '@/lib/contracts';

const unsentSchema = z.object({
  session: z.string(),
  decisionId: z.string(),
  outcome: outcomeRequestSchema,
});
/** An outcome that Belay does not have yet, and the session it was read in. */
export type Unsent = z.infer<typeof unsentSchema>;
const lineSchema = z.union([z.object({ done: z.string() }), unsentSchema]);

/** What stands in a file and was not sent. The last line may have been half written when its process was ended. */
export function unsentIn(text: string): { waiting: Unsent[]; unreadable: number } {
  const waiting = new Map<string, Unsent>();
  let unreadable = 0;
  for (const line of text.split('\n')) {
    if (line === '') continue;
    const parsed = lineSchema.safeParse(jsonOf(line));
    if (!parsed.success) unreadable += 1;
    else if ('done' in parsed.data) waiting.delete(parsed.data.done);
    else waiting.set(parsed.data.decisionId, parsed.data);
  }
  return { waiting: [...waiting.values()], unreadable };
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
