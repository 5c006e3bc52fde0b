/** POST /api/v1/signals */
import { actorRef } from '@/lib/auth';
import { anyProgram, requireActiveAgent } from '@/lib/auth/agents';
import { handle } from '@/lib/http';
import { MAX_INTAKE_BYTES, readPacked } from '@/lib/http/intake/body';
import { cloudEventsOf } from '@/lib/http/intake/cloud-events';
import { takePlace } from '@/lib/http/places';
import { recordSignals } from '@/lib/services/signals/record';

export const signalsHandler = handle(
  { auth: anyProgram, maxBodyBytes: MAX_INTAKE_BYTES, status: 202 },
  async ({ who, request, now }) => {
    await requireActiveAgent(who);
    const leave = takePlace('intakes', `${who.workspaceId} ${actorRef(who)}`);
    try {
      const events = cloudEventsOf(request, await readPacked(request));
      return await recordSignals({ actor: who, now: now.getTime() }, events);
    } finally {
      leave();
    }
  },
);
