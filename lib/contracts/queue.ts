/** The queue of approvals as a place of work: tabs, order, who looks after what, and views people come back to. */
import { z } from 'zod';
import { instantSchema, reasonTextSchema, riskSchema, text } from './primitives';

/**
 * What of the queue is listed: `mine` is claimed by or assigned to whoever asks, `unclaimed` is neither claimed nor assigned,
 * `team` is everything that waits, `second` has one of the verdicts it needs, `snoozed` was put aside by whoever asks.
 */
export const QUEUE_TABS = ['mine', 'unclaimed', 'team', 'second', 'snoozed', 'closed'] as const;
export const queueTabSchema = z.enum(QUEUE_TABS);
export type QueueTab = z.infer<typeof queueTabSchema>;

/** `urgency`: by risk, then by the time that is left. `oldest` and `newest` go by the time of the request. */
export const QUEUE_SORTS = ['urgency', 'oldest', 'newest'] as const;
export const queueSortSchema = z.enum(QUEUE_SORTS);
export type QueueSort = z.infer<typeof queueSortSchema>;

const groupKeySchema = z.string().regex(/^g\d+-[0-9a-f]{32}$/);

/** Like requests of one agent and tool (docs/decisions/0034-groups-of-like-requests.md). */
export const approvalGroupSchema = z.object({
  key: groupKeySchema,
  /** How many wait with this key, this one among them if it does. */
  size: z.int().min(0),
});

export const assignmentSchema = z.object({
  to: z.string(),
  name: z.string(),
  /** Who assigned it. */
  by: z.string(),
  at: instantSchema,
  note: z.string().nullable(),
});

/** The last question of a reviewer; what was asked and answered stands in the comments. */
export const openQuestionSchema = z.object({
  by: z.string(),
  name: z.string(),
  askedAt: instantSchema,
  /** Null while it waits for an answer. */
  answeredAt: instantSchema.nullable(),
});

/** What the queue knows of an approval besides the action. */
export const queueFactsSchema = z.object({
  group: approvalGroupSchema.optional(),
  assignment: assignmentSchema.nullable().optional(),
  question: openQuestionSchema.nullable().optional(),
  escalatedAt: instantSchema.nullable().optional(),
  /** Until when whoever asks has put it aside. */
  snoozedUntil: instantSchema.nullable().optional(),
});

const ids = (item: z.ZodType<string, string>, max: number) =>
  z
    .string()
    .max(max * 40)
    .transform((value) => value.split(',').filter((part) => part !== ''))
    .pipe(z.array(item).max(max));

/** What narrows and orders a list of the queue. */
export const queueFilterSchema = z.object({
  tab: queueTabSchema.optional(),
  agent: z.string().max(64).optional(),
  tool: z.string().max(200).optional(),
  risk: riskSchema.optional(),
  q: z.string().max(200).optional(),
  sort: queueSortSchema.optional(),
  /** Like requests as one item, the first of them. */
  grouped: z.stringbool().optional(),
});

/** At most this many ids in one question for changes. */
export const MAX_CHANGES = 100;

/** Which items of a list changed: `ids` of approvals, `groups` of which the members are wanted one by one. */
export const queueChangesQuerySchema = queueFilterSchema.extend({
  tab: queueTabSchema,
  ids: ids(z.uuid(), MAX_CHANGES).optional(),
  groups: ids(groupKeySchema, 20).optional(),
  /** `left.after` of the answer before, with `left.groups`. */
  after: z.string().max(1_000).optional(),
});
export type QueueChangesQuery = z.infer<typeof queueChangesQuerySchema>;

const count = z.int().min(0);
export const queueCountsSchema = z.object({
  pending: count,
  oldestAt: instantSchema.nullable(),
  mine: count.optional(),
  unclaimed: count.optional(),
  second: count.optional(),
  snoozed: count.optional(),
  /** Questions of whoever asks that were answered and not decided since. */
  answered: count.optional(),
  /** When the first item that was put aside comes back. */
  wakesAt: instantSchema.nullable().optional(),
});
export type QueueCounts = z.infer<typeof queueCountsSchema>;

export const assignRequestSchema = z.object({
  /** Id of a person who may decide; null takes the assignment back. */
  person: z.uuid().nullable(),
  note: text(1_000).optional(),
});
export const handOverRequestSchema = z.object({ person: z.uuid(), note: text(1_000) });
export const snoozeRequestSchema = z.object({
  /** Null wakes it. */
  until: instantSchema.nullable(),
});
export const questionRequestSchema = z.object({ body: text(4_000) });
export const answerRequestSchema = z.object({ body: text(4_000) });

export const answerResponseSchema = z.object({ id: z.string(), answered: z.literal(true) });

export const reviewerListSchema = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string() })),
});
export type ReviewerList = z.infer<typeof reviewerListSchema>;

/** Minutes a rule waits; null: never. */
const ruleMinutes = z.int().min(1).max(10_080).nullable();
export const queueRuleSchema = z.object({
  remindAfterMinutes: ruleMinutes,
  escalateAfterMinutes: ruleMinutes,
});
export type QueueRule = z.infer<typeof queueRuleSchema>;

export const queueSettingsSchema = z.object({
  /** A claim lapses after so many minutes without a sign of its holder. */
  claimMinutes: z.int().min(1).max(240),
  /** Counted from the request, whoever has claimed it or asked about it. */
  rules: z.record(riskSchema, queueRuleSchema),
});
export type QueueSettings = z.infer<typeof queueSettingsSchema>;
export const queueSettingsInputSchema = queueSettingsSchema.extend({ reason: reasonTextSchema });
export const queueSettingsAnswerSchema = queueSettingsSchema.extend({
  /** Null while nobody has changed the defaults. */
  changedByName: z.string().nullable(),
  changedAt: instantSchema.nullable(),
});
export type QueueSettingsAnswer = z.infer<typeof queueSettingsAnswerSchema>;

const NEVER: QueueRule = { remindAfterMinutes: null, escalateAfterMinutes: null };
export const DEFAULT_QUEUE_SETTINGS: QueueSettings = {
  claimMinutes: 10,
  rules: {
    critical: { remindAfterMinutes: 2, escalateAfterMinutes: 5 },
    high: { remindAfterMinutes: 5, escalateAfterMinutes: 15 },
    medium: NEVER,
    low: NEVER,
  },
};

/** At most so many views a person and workspace. */
export const MAX_QUEUE_VIEWS = 20;
export const queueViewInputSchema = z.object({
  name: text(60),
  view: queueFilterSchema.omit({ grouped: true }).extend({ tab: queueTabSchema }),
});
export type QueueViewInput = z.infer<typeof queueViewInputSchema>;
export const queueViewSchema = queueViewInputSchema.extend({ id: z.string() });
export const queueViewListSchema = z.object({ items: z.array(queueViewSchema) });
export type QueueView = z.infer<typeof queueViewSchema>;
