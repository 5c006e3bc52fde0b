/** What `GET /api/v1/events` announces; a client refetches what the announcement concerns. */
import { z } from 'zod';
import { instantSchema, trustSchema } from './primitives';

export const EVENT_TYPES = [
  'approval.opened',
  'approval.closed',
  'approval.changed',
  /** Waits for longer than the workspace wants: the first time, and when it got urgent. */
  'approval.reminded',
  'approval.escalated',
  /** The agent redeemed what was approved, or reported how it went. */
  'approval.used',
  'review.changed',
  'decision.made',
  'trust.changed',
  'switch.changed',
  'incident.changed',
  'ladder.changed',
  'policy.changed',
  'agent.changed',
  'tool.changed',
  'workspace.changed',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export const liveEventSchema = z.object({
  seq: z.int(),
  type: z.enum(EVENT_TYPES),
  agentId: z.string().nullable(),
  /** Id of the approval, switch, incident, version or tool. */
  subjectId: z.string().nullable(),
  at: instantSchema,
  /** In the stream of an agent, with its own `trust.changed`: where it stands now. */
  trust: trustSchema.pick({ score: true, rung: true }).optional(),
});
export type LiveEvent = z.infer<typeof liveEventSchema>;
