/** The overview page in one answer. */
import { z } from 'zod';
import { approvalSchema } from './approvals';
import { agentSchema } from './agents';
import { decisionSchema } from './evaluation';
import { incidentSchema } from './governance';
import { killSwitchSchema } from './kill-switches';
import { instantSchema } from './primitives';

export const overviewSchema = z.object({
  at: instantSchema,
  agents: z.int(),
  byRung: z.record(z.string(), z.int()),
  pending: z.object({ count: z.int(), oldest: approvalSchema.nullable() }),
  /** Largest changes of the composite over 7 days, both ways, largest first. */
  movers: z.array(agentSchema),
  switches: z.array(killSwitchSchema),
  incidents: z.array(incidentSchema),
  last24h: z.object({
    decisions: z.int(),
    byOutcome: z.record(z.string(), z.int()),
    medianVerdictSeconds: z.number().nullable(),
  }),
  latest: z.array(decisionSchema),
});
export type Overview = z.infer<typeof overviewSchema>;
