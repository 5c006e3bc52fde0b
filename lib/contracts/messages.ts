/** Messages to the outside: what they tell, whom, and how they fared. They inform and never decide. */
import { z } from 'zod';
import { instantSchema, jsonObjectSchema, reasonTextSchema, riskSchema, text } from './primitives';

export const MESSAGE_EVENTS = [
  'approval.requested',
  'approval.escalated',
  'approval.closed',
  'incident.opened',
  'kill_switch.set',
  'grant.unused',
  'agent.key_expiring',
] as const;
export type MessageEvent = (typeof MESSAGE_EVENTS)[number];
const eventSchema = z.enum(MESSAGE_EVENTS);

/** The body of a webhook: Standard Webhooks' `type`, `timestamp` and `data`. */
export const messageSchema = z.object({
  type: z.union([eventSchema, z.literal('test')]),
  timestamp: instantSchema,
  data: z.object({
    /** Where to look, and to decide. */
    link: z.url(),
    workspace: z.object({ slug: z.string(), name: z.string() }),
    /** Id of the approval, incident, switch, grant or agent. */
    subject: z.string(),
    agent: z.object({ id: z.string(), name: z.string() }).optional(),
    tool: z.string().optional(),
    risk: riskSchema.optional(),
    expiresAt: instantSchema.optional(),
    /** Thumbprint of the key that ends. */
    key: z.string().optional(),
    /** How an approval ended. */
    state: z.string().optional(),
    /** With an ended approval: Belay had made the call up, and the agent never asked for it. */
    canary: z.literal(true).optional(),
    /** An incident's. */
    severity: z.int().optional(),
    title: z.string().optional(),
    /** A switch's. */
    scope: z.string().optional(),
    /** Only where the workspace lets them out; secrets are taken out of them. */
    resource: jsonObjectSchema.optional(),
    arguments: jsonObjectSchema.optional(),
  }),
});
export type Message = z.infer<typeof messageSchema>;

export const TARGET_KINDS = ['webhook', 'slack'] as const;
export type TargetKind = (typeof TARGET_KINDS)[number];

export const messageTargetSchema = z.object({
  id: z.string(),
  kind: z.enum(TARGET_KINDS),
  name: z.string(),
  /** Of its address, which is a secret itself. */
  host: z.string(),
  events: z.array(eventSchema),
  createdBy: z.string(),
  createdAt: instantSchema,
  /** Since when it gets nothing: its address said that it is gone. */
  disabledAt: instantSchema.nullable(),
  /** Until when a secret from before a rotation is signed with as well. */
  previousSecretUntil: instantSchema.nullable(),
  waiting: z.int(),
  sent: z.int(),
  givenUp: z.int(),
});
export type MessageTarget = z.infer<typeof messageTargetSchema>;

/** The secret is in this answer and nowhere else. */
export const targetWithSecretSchema = messageTargetSchema.extend({ secret: z.string().optional() });
export type TargetWithSecret = z.infer<typeof targetWithSecretSchema>;

export const messageTargetInputSchema = z.object({
  kind: z.enum(TARGET_KINDS),
  name: text(120),
  url: z
    .url({ protocol: /^https?$/, error: 'must be a full http or https address' })
    .max(1_000)
    .refine((url) => {
      const { username, password, hash } = new URL(url);
      return [username, password, hash].every((part) => part === '');
    }, 'must have no user and no fragment'),
  events: z.array(eventSchema).min(1),
  reason: reasonTextSchema,
});
export type MessageTargetInput = z.output<typeof messageTargetInputSchema>;
export const messageReasonSchema = z.object({ reason: reasonTextSchema });

/** A delivery that has not arrived, or one of the last that did. */
export const messageDeliverySchema = z.object({
  id: z.string(),
  event: z.string(),
  channel: z.enum(['webhook', 'slack', 'mail', 'push']),
  receiver: z.string(),
  state: z.enum(['due', 'sent', 'dropped', 'given_up']),
  attempts: z.int(),
  dueAt: instantSchema,
  lastAt: instantSchema.nullable(),
  lastStatus: z.int().nullable(),
  lastAnswer: z.string().nullable(),
});
export type MessageDelivery = z.infer<typeof messageDeliverySchema>;

export const messagesOverviewSchema = z.object({
  /** Whether messages may carry arguments and resources. */
  withArguments: z.boolean(),
  /** Whether the operator has named a mail server. */
  mailServer: z.boolean(),
  targets: z.array(messageTargetSchema),
  /** What was not delivered at the first try, newest first, at most 50. */
  troubled: z.array(messageDeliverySchema),
});
export type MessagesOverview = z.infer<typeof messagesOverviewSchema>;
export const messageSettingsInputSchema = z.object({
  withArguments: z.boolean(),
  reason: reasonTextSchema,
});

/** What a test message came to, with what the other side answered. */
export const messageTrySchema = z.object({
  delivered: z.boolean(),
  status: z.int().nullable(),
  answer: z.string(),
  /** How long it took, in milliseconds. */
  ms: z.int(),
});
export type MessageTry = z.infer<typeof messageTrySchema>;

export const MAIL_MODES = ['off', 'each', 'digest'] as const;
export const messagePreferencesInputSchema = z.object({
  mail: z.enum(MAIL_MODES),
  digestMinutes: z.int().min(5).max(1_440).default(30),
});
export type MessagePreferencesInput = z.output<typeof messagePreferencesInputSchema>;
export const messagePreferencesSchema = z.object({
  mail: z.enum(MAIL_MODES),
  digestMinutes: z.int(),
  mailServer: z.boolean(),
  /** The key browsers subscribe with (VAPID, RFC 8292), base64url. */
  pushKey: z.string(),
  browsers: z.array(z.object({ id: z.string(), label: z.string(), createdAt: instantSchema })),
});
export type MessagePreferences = z.infer<typeof messagePreferencesSchema>;

/** What a browser's `PushSubscription.toJSON()` gives. */
export const pushSubscriptionInputSchema = z.object({
  endpoint: z.url().max(1_000),
  keys: z.object({
    p256dh: z.string().regex(/^B[\w-]{86}$/, 'must be a P-256 key in base64url'),
    auth: z.string().regex(/^[\w-]{22}$/, 'must be 16 bytes in base64url'),
  }),
  label: text(120),
});
export type PushSubscriptionInput = z.output<typeof pushSubscriptionInputSchema>;
