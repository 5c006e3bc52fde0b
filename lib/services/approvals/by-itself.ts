/** Calls that a person reads one by one: no verdict on several at once, and no grant, is given for them. Pure. */
import { z } from 'zod';
import type { Reason, Risk } from '@/lib/contracts';

const provenanceSchema = z.object({ thirdPartyOnly: z.boolean(), injection: z.string() });

interface Judged {
  readonly reasons: readonly Reason[];
  /** As it is stored beside the decision; null when nothing was compared. */
  readonly provenance: unknown;
  readonly risk: Risk;
}

/** Why a call has to be read by itself, as a sentence; nothing when it does not. */
export function readByItself({ reasons, provenance, risk }: Judged): string | undefined {
  if (risk === 'high' || risk === 'critical') return `A call of ${risk} risk is decided by itself.`;
  const guarded = reasons.find(
    ({ code, source }) =>
      code.startsWith('guardrail.') || source?.type === 'detector' || source?.type === 'layer',
  );
  if (guarded !== undefined) return `A call like this is decided by itself: ${guarded.text}`;
  if (provenance === null) return undefined;
  const origins = provenanceSchema.safeParse(provenance);
  if (!origins.success)
    return 'Nobody can say where the values of this call come from, so it is decided by itself.';
  const { thirdPartyOnly, injection } = origins.data;
  if (thirdPartyOnly || injection !== 'none')
    return 'Values of this call come from text the agent has read outside, so it is decided by itself.';
  return undefined;
}
