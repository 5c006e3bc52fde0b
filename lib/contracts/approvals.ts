/** Approvals: one exact action that waits for a person. */
import { z } from 'zod';
import { sessionTimelineSchema, sinceSimilarSchema } from './approval-context';
import { commentSchema } from './comments';
import { decisionSchema, editedSchema, resourceSchema } from './evaluation';
import { sourceReadSchema } from './moments';
import { queueCountsSchema, queueFactsSchema, queueFilterSchema } from './queue';
import { assertionSchema } from './passkeys';
import { canaryEndingSchema } from './vigilance';
import {
  approvalStateSchema,
  instantSchema,
  jsonObjectSchema,
  pageOf,
  pageQuerySchema,
  reasonSchema,
  rejectReasonSchema,
  riskSchema,
  rungNumberSchema,
  trustSchema,
} from './primitives';
import { givenVerdictSchema, grantScopeSchema } from './verdicts';

export const approvalSchema = z.object({
  id: z.string(),
  state: approvalStateSchema,
  /** SHA-256 (hex) over the canonical action; an approve must repeat it. */
  digest: z.string(),
  decisionId: z.string(),
  agent: z.object({ id: z.string(), name: z.string(), owner: z.string(), trust: trustSchema }),
  action: z.object({ name: z.string(), properties: z.object({ arguments: jsonObjectSchema }) }),
  resource: resourceSchema,
  reasons: z.array(reasonSchema),
  risk: riskSchema,
  /** Why it is decided by itself and never together with others; absent when it may be. */
  byItself: z.string().optional(),
  sessionId: z.string().nullable(),
  requestedAt: instantSchema,
  expiresAt: instantSchema,
  claim: z.object({ by: z.string(), name: z.string(), until: instantSchema }).nullable(),
  verdict: z
    .object({
      outcome: z.enum(['approved', 'rejected']),
      by: z.string(),
      name: z.string(),
      at: instantSchema,
      reason: rejectReasonSchema.optional(),
      comment: z.string().optional(),
      /** What the reviewer changed before they approved; `action` stays what the agent sent. */
      edit: editedSchema.extend({ digest: z.string() }).optional(),
      /** Until when whoever gave it can take it back; absent once it counts. */
      undoUntil: instantSchema.optional(),
    })
    .nullable(),
  /** How many people have to approve, and how many have. */
  verdictsNeeded: z.int(),
  verdictsGiven: z.int(),
  /** Who approved so far, while more than one has to. */
  verdicts: z.array(givenVerdictSchema),
  cancelReason: z.string().nullable(),
  /** When it closed; absent while it waits. */
  closedAt: instantSchema.optional(),
  ...queueFactsSchema.shape,
});
export type Approval = z.infer<typeof approvalSchema>;

/** Trust before and after a verdict: what the verdict did. */
export const verdictEffectSchema = z.object({
  before: z.object({ score: z.number(), rung: rungNumberSchema }),
  after: z.object({ score: z.number(), rung: rungNumberSchema }),
  texts: z.array(z.string()),
});

export const argumentOriginSchema = z.object({
  path: z.string(),
  value: z.string(),
  origin: z.enum(['request', 'derived', 'third_party', 'unknown']),
  span: z.object({ readId: z.string(), excerpt: z.string() }).optional(),
  /** What a value from outside is to the call: where it goes, a detail of it, or text that fills it. */
  role: z.enum(['target', 'detail', 'content']).optional(),
  /** The sentence that tells its reader to act with this value. */
  order: z.object({ readId: z.string(), excerpt: z.string() }).optional(),
});

/** What the person behind a session asked for. */
export const askedSessionSchema = z.object({
  id: z.string(),
  request: z.string(),
  purpose: z.string().nullable(),
  endUser: z.string().nullable(),
});
export type AskedSession = z.infer<typeof askedSessionSchema>;

/** A member of a group, with what its page shows of it besides. Its session stands with the answer, once for all of its calls. */
export const groupMemberSchema = approvalSchema.extend({
  trustAtRequest: z.object({ score: z.number(), rung: rungNumberSchema }),
});
export type GroupMember = z.infer<typeof groupMemberSchema>;

export const approvalDetailSchema = approvalSchema.extend({
  session: askedSessionSchema.nullable(),
  tool: z.object({
    name: z.string(),
    description: z.string().nullable(),
    sideEffect: z.enum(['none', 'write']),
    reversible: z.boolean(),
    egress: z.boolean(),
    dataClass: z.string(),
    known: z.boolean(),
  }),
  provenance: z.array(argumentOriginSchema),
  /** What the agent had read from outside and then used, with the places. */
  sources: z.array(sourceReadSchema),
  /** The trust the agent had when it asked. */
  trustAtRequest: trustSchema,
  /** The agent's last decisions on the same tool, newest first. */
  lastOfKind: z.array(decisionSchema),
  /** What is different from the last like it that was approved or executed; null when there is none. */
  sinceSimilar: sinceSimilarSchema.nullable(),
  /** What the agent did before in the same session; null without a session. */
  timeline: sessionTimelineSchema.nullable(),
  /** The newest of what reviewers wrote to each other, oldest of them first. */
  comments: z.array(commentSchema),
  /** Cursor for the comments before them; null when these are all. */
  earlierComments: z.string().nullable(),
  /** What a reviewer asked and nobody has answered. */
  openQuestion: z.string().nullable(),
  effect: verdictEffectSchema.nullable(),
  /** What the agent has made of an approval so far, by its own word where it reported; absent without one. */
  use: z
    .object({
      redeemedAt: instantSchema.nullable(),
      reported: z.enum(['succeeded', 'failed']).nullable(),
      reportedAt: instantSchema.nullable(),
    })
    .optional(),
  /** Present once a verdict was given on a request that was made up to see whether it is noticed. */
  canary: canaryEndingSchema.optional(),
  /** Whether calls like this one may be let through with it (`scope`), and if not, why. */
  mayGrant: z.object({
    allowed: z.boolean(),
    why: z.string().optional(),
    mostUses: z.int(),
    mostMinutes: z.int(),
    /** Places that must stay as they are, besides those that cannot vary anyway. */
    fixed: z.array(z.string()),
  }),
  /** The agent asks with this call for calls like it to run without asking. What it says is its own. */
  grantRequest: z
    .object({ id: z.string(), scope: grantScopeSchema, reason: z.string() })
    .optional(),
  /** Whether the person who asks may decide, and if not, why. */
  mayDecide: z.object({
    allowed: z.boolean(),
    why: z.string().optional(),
    /** Somebody else has claimed it, and whoever asks may reject it or end the claim; or a program asks about what a person approves. */
    rejectOnly: z.literal(true).optional(),
  }),
  /** Whether an approval would take effect now, and if not, why; rejecting always does. */
  mayApprove: z
    .object({ allowed: z.boolean(), code: z.string().optional(), why: z.string().optional() })
    .optional(),
});
export type ApprovalDetail = z.infer<typeof approvalDetailSchema>;

export const approvalListQuerySchema = pageQuerySchema.extend({
  status: z.union([approvalStateSchema, z.literal('closed'), z.literal('all')]).default('pending'),
  ...queueFilterSchema.shape,
});
export const approvalPageSchema = pageOf(approvalSchema).extend({ counts: queueCountsSchema });
/** What became of a part of a list. */
export const queueChangesSchema = z.object({
  /** The named approvals as they stand, in the list or not. */
  changed: z.array(approvalSchema),
  /** Ids of those that are in the list. */
  listed: z.array(z.string()),
  /** The first item of each of their groups; a group without one has left the list. */
  heads: z.array(approvalSchema),
  /** The items of the named groups one by one, at most 200 of each. */
  members: z.array(groupMemberSchema),
  /** The sessions of these members. */
  sessions: z.array(askedSessionSchema),
  /** What did not fit into this answer, whole calls at a time: to be asked for in the next one. */
  left: z.object({
    ids: z.array(z.string()),
    groups: z.array(z.string()),
    after: z.string().nullable(),
  }),
  counts: queueCountsSchema,
});
export type QueueChanges = z.infer<typeof queueChangesSchema>;

const commentText = z.string().trim().max(4_000);
/** The verdict can be taken back for as long as the workspace says, and only then becomes evidence. At once unless true. */
const undoableSchema = z.boolean().optional();
export const approveRequestSchema = z.object({
  digest: z.string().min(1).max(128),
  comment: commentText.optional(),
  /** The whole of the arguments as they shall run instead of those the agent sent, `editProblems` says what fits. */
  edits: jsonObjectSchema.optional(),
  /** For critical risk: the id of the resource, exactly as it stands in the approval, typed by whoever approves. */
  target: z.string().max(1_000).optional(),
  /** For critical risk: the proof by passkey that `POST .../step-up` asked for. */
  assertion: assertionSchema.optional(),
  undoable: undoableSchema,
  /** Also lets calls like this one run without asking, within limits. Such a verdict counts at once; the grant can be revoked. */
  scope: grantScopeSchema.optional(),
});
export const rejectRequestSchema = z.object({
  reason: rejectReasonSchema,
  comment: commentText.optional(),
  undoable: undoableSchema,
});
/** Most approvals one request decides. */
export const MOST_BULK_VERDICTS = 200;
/** One verdict on several calls that are like each other. Each has its own digest, permit and entry in the ledger. */
export const bulkVerdictRequestSchema = z
  .object({
    items: z
      .array(z.object({ id: z.string().min(1).max(64), digest: z.string().min(1).max(128) }))
      .min(1)
      .max(MOST_BULK_VERDICTS),
    verdict: z.enum(['approve', 'reject']),
    /** Needed to reject. */
    reason: rejectReasonSchema.optional(),
    comment: commentText.optional(),
    undoable: undoableSchema,
  })
  .refine(({ verdict, reason }) => verdict === 'approve' || reason !== undefined, {
    path: ['reason'],
    error: 'is needed to reject',
  })
  .refine(({ items }) => new Set(items.map(({ id }) => id)).size === items.length, {
    path: ['items'],
    error: 'names an approval twice',
  });
export type BulkVerdictRequest = z.infer<typeof bulkVerdictRequestSchema>;

/** What became of each, in the order asked. */
export const bulkVerdictSchema = z.object({
  /** When it was answered, by the clock of the server. */
  at: instantSchema,
  results: z.array(
    z.object({
      id: z.string(),
      /** `waiting`: approved, and a second person has to approve it too. `canary`: it was made up, so that the verdict is none. */
      outcome: z.enum(['approved', 'rejected', 'waiting', 'canary', 'refused']),
      undoUntil: instantSchema.optional(),
      code: z.string().optional(),
      /** Why it was refused. */
      text: z.string().optional(),
    }),
  ),
});
export type BulkVerdict = z.infer<typeof bulkVerdictSchema>;

/** Verdicts of one's own to be taken back together. */
export const bulkUndoRequestSchema = z.object({
  ids: z
    .array(z.string().min(1).max(64))
    .min(1)
    .max(MOST_BULK_VERDICTS)
    .refine((ids) => new Set(ids).size === ids.length, { error: 'names an approval twice' }),
});
/** What became of each, in the order asked. */
export const bulkUndoSchema = z.object({
  results: z.array(
    z.object({
      id: z.string(),
      outcome: z.enum(['undone', 'refused']),
      code: z.string().optional(),
      /** Why it was refused. */
      text: z.string().optional(),
    }),
  ),
});
export type BulkUndo = z.infer<typeof bulkUndoSchema>;

export const commentRequestSchema = z.object({ body: commentText.min(1) });
export type ApproveRequest = z.infer<typeof approveRequestSchema>;
export type RejectRequest = z.infer<typeof rejectRequestSchema>;
