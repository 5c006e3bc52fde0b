/** POST /api/v1/signals */
import { anyProgram, requireActiveAgent } from '@/lib/auth/agents';
import { MAX_AGENT_BODY_BYTES, signalsRequestSchema } from '@/lib/contracts';
import { handle } from '@/lib/http';
import { recordSignals } from '@/lib/services/signals/record';

export const signalsHandler = handle(
  {
    auth: anyProgram,
    body: signalsRequestSchema,
    maxBodyBytes: MAX_AGENT_BODY_BYTES * 4,
    status: 202,
  },
  async ({ who, body, now }) => {
    await requireActiveAgent(who);
    return recordSignals({ actor: who, now: now.getTime() }, Array.isArray(body) ? body : [body]);
  },
);
