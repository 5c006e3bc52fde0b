/** The AuthZEN Access Request and Approval profile (draft 1): asking for an approval over the wire. Names are the profile's. */
import { z } from 'zod';
import { actionSchema, resourceSchema, subjectSchema } from './evaluation';
import { instantSchema, jsonObjectSchema, text } from './primitives';

/** The prefix of the problem types that the profile defines. */
export const ACCESS_REQUEST_PROBLEM = 'urn:openid:authzen:access-request:error:';
/** What a PDP that speaks the profile says of itself. */
export const ACCESS_REQUEST_CAPABILITY = 'urn:openid:authzen:capability:access-request';

export const TASK_STATUSES = ['pending', 'approved', 'denied', 'expired', 'cancelled'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

const LONG_ID = z.string().min(1).max(1_000);

export const accessRequestInputSchema = z.looseObject({
  subject: subjectSchema,
  action: actionSchema,
  resource: resourceSchema,
  context: z.looseObject({ business_justification: text(2_000).optional() }).optional(),
  denial: z.looseObject({
    evaluation_id: z.string().max(200).optional(),
    expires_at: instantSchema,
    binding_token: z.string().max(8_192).optional(),
  }),
  requested_access: z.looseObject({ requested_until: instantSchema.optional() }).optional(),
  callback: z
    .looseObject({
      endpoint: z.url({ protocol: /^https?$/ }).max(1_000),
      state: z.string().max(2_000).optional(),
      events: z.array(z.string().max(50)).max(20).optional(),
    })
    .optional(),
  client: z
    .looseObject({
      id: LONG_ID.optional(),
      name: LONG_ID.optional(),
      actor: jsonObjectSchema.optional(),
      source: jsonObjectSchema.optional(),
    })
    .optional(),
  /** Several at once are a profile of their own, which Belay does not speak. */
  items: z.undefined({ error: 'asks for several at once; send a request for each' }).optional(),
});
export type AccessRequestInput = z.output<typeof accessRequestInputSchema>;

export const accessTaskAnswerSchema = z.object({
  task: z.object({
    id: z.string(),
    status: z.enum(TASK_STATUSES),
    status_endpoint: z.url(),
    progress: z.object({ current_step: z.int(), total_steps: z.int() }).optional(),
    links: z.object({ review: z.url() }),
    display: z.object({ title: z.string(), description: z.string() }),
  }),
  result: z
    .object({
      mode: z.literal('reevaluate'),
      approval: z.object({
        id: z.string(),
        approved_at: instantSchema,
        approved_until: instantSchema,
      }),
      /** The reviewer changed the arguments: only the action with these is approved. */
      'urn:belay:edited_arguments': jsonObjectSchema.optional(),
    })
    .optional(),
});
export type AccessTaskAnswer = z.infer<typeof accessTaskAnswerSchema>;
