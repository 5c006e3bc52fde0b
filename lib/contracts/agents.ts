/** Agents, their keys and pacts, their trust over time. */
import { z } from 'zod';
import { badgeSchema, dimensionScoreSchema, trackedCommitmentSchema } from './evaluation-runs';
import { restrictionSchema } from './restrictions';
import { toolNameSchema } from './tools';
import {
  dataClassSchema,
  instantSchema,
  layerSchema,
  pageOf,
  pageQuerySchema,
  rungNumberSchema,
  text,
  trustSchema,
} from './primitives';

/** The public half of an Ed25519 key (RFC 8037). A private key is refused: it must never leave the agent. */
export const publicJwkSchema = z
  .looseObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'must be 32 bytes in base64url'),
    kid: z.string().max(200).optional(),
  })
  .refine(
    (jwk) => !('d' in jwk),
    'carries the private key `d`: register the public key alone, and make a new pair',
  );
export type PublicJwk = z.infer<typeof publicJwkSchema>;

/** `*` in a longer name would be read as a pattern, which tools have none of: it would match nothing, and nobody would be told. */
const pactToolSchema = toolNameSchema.regex(
  /^(?:\*|[^*]*)$/,
  'is no pattern: name each tool in full, "*" alone stands for every tool',
);
const budgetToolSchema = toolNameSchema.regex(
  /^[^*]*$/,
  'is no pattern: name one tool in full, or leave it out for all of them together',
);

export const pactSchema = z.object({
  /** Tool names the agent may use; `*` for any. */
  tools: z.array(pactToolSchema).max(500),
  /** Resource patterns: an id of whatever type, or `type/id`; exact, or with one trailing `*`. Absent: any. */
  resources: z.array(text(500)).max(200).optional(),
  /** Data classes the agent may touch. Absent: any. */
  dataClasses: z.array(dataClassSchema).optional(),
  /** Data classes, personal data above all, that the agent touches only for a case it names in `context.case`. Absent: none. */
  caseFor: z.array(dataClassSchema).optional(),
  /** The longest chain of delegation agreed to: 0 for an agent that acts for nobody. Absent: 1. */
  delegationDepth: z.int().min(0).max(10).optional(),
  /** Hours of the day in UTC in which the agent works, from inclusive to exclusive. */
  hours: z
    .object({
      from: z.int().min(0).max(23),
      to: z.int().min(1).max(24),
      days: z.array(z.int().min(0).max(6)).optional(),
    })
    .optional(),
  /** Most actions in a window; `tool` narrows it to one tool. */
  budgets: z
    .array(
      z.object({
        tool: budgetToolSchema.optional(),
        maxActions: z.int().positive(),
        perSeconds: z.int().positive(),
      }),
    )
    .max(50)
    .optional(),
  /** Measurable clauses, for example accuracy at least 0.95 over 30 days. */
  commitments: z
    .array(
      z.object({
        name: text(100),
        measure: text(100),
        atLeast: z.number().optional(),
        atMost: z.number().optional(),
        overDays: z.int().positive(),
      }),
    )
    .max(50)
    .optional(),
});
export type Pact = z.infer<typeof pactSchema>;

export const agentInputSchema = z.object({
  name: text(120),
  version: text(100),
  /** The person who answers for the agent: an e-mail address of a member, or a name. */
  owner: text(200),
  purpose: text(2_000),
  publicKey: publicJwkSchema,
  /** The key ends then; absent: it has no end. */
  keyExpiresAt: instantSchema.optional(),
  pact: pactSchema,
  tags: z.array(text(64)).max(32).default([]),
});
export type AgentInput = z.infer<typeof agentInputSchema>;

export const pactChangeSchema = z.object({
  /** All of it. A clause that is unknown is refused: a misspelt limit would be no limit. */
  pact: pactSchema.strict(),
  reason: text(2_000),
  /** The version the editor started from; a newer one in force is a 409. */
  basedOn: z.int(),
});
export type PactChange = z.infer<typeof pactChangeSchema>;

/** How long before its end a key is warned about, in days. */
export const KEY_WARNING_DAYS = 14;
/** The longest that replaced keys may stay in force, in seconds: a week. */
const MAX_OVERLAP_SECONDS = 7 * 86_400;
/** Enough for an agent that runs to change over: two tokens long. */
const USUAL_OVERLAP_SECONDS = 600;

export const keyRotationSchema = z.object({
  publicKey: publicJwkSchema,
  /** False: the key is added, and those before it stay as they are. */
  replace: z.boolean().default(true),
  /** How long the replaced keys stay in force, in seconds; 0 ends them, and the tokens they were used for, at once. */
  overlapSeconds: z.int().min(0).max(MAX_OVERLAP_SECONDS).default(USUAL_OVERLAP_SECONDS),
  /** When the new key ends; absent: it has no end. */
  expiresAt: instantSchema.optional(),
});
export type KeyRotation = z.infer<typeof keyRotationSchema>;
export const keyRevocationSchema = z.object({ reason: text(2_000) });

/** `expiring` is in force and ends within 14 days. */
export const KEY_STATES = ['in_force', 'expiring', 'expired', 'revoked'] as const;
export const agentKeySchema = z.object({
  /** The thumbprint (RFC 7638). */
  kid: z.string(),
  publicKey: publicJwkSchema,
  state: z.enum(KEY_STATES),
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
  /** The person behind whoever put it in; null for nobody. */
  addedBy: z.string().nullable(),
  /** To the minute; null: never. */
  lastUsedAt: instantSchema.nullable(),
});
export type AgentKey = z.infer<typeof agentKeySchema>;
export const agentKeyListSchema = z.object({ items: z.array(agentKeySchema) });
/** Another version of the agent runs from now on. */
export const agentChangeSchema = z.object({ version: text(100) });
export const agentRevocationSchema = z.object({ reason: text(2_000) });

export const AGENT_STATUSES = ['active', 'suspended', 'revoked'] as const;

export const rungOverrideSchema = z.object({
  id: z.string(),
  rung: rungNumberSchema,
  /** The rung of the evidence alone, which counts again when the pin ends. */
  earnedRung: rungNumberSchema,
  until: instantSchema,
  reason: z.string(),
  createdBy: z.string(),
  createdAt: instantSchema,
});

export const agentSchema = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  owner: z.string(),
  ownerPersonId: z.string().nullable(),
  purpose: z.string(),
  tags: z.array(z.string()),
  status: z.enum(AGENT_STATUSES),
  createdAt: instantSchema,
  lastSeenAt: instantSchema.nullable(),
  trust: trustSchema,
  /** A manager's pin in force: `trust.rung` is its rung. */
  override: rungOverrideSchema.nullable(),
  /** Change of the composite over the last 7 days, in [-1, 1]; null when there is no history that old. */
  change7d: z.number().nullable(),
  /** Kill switches in force that cover this agent. */
  switches: z.array(
    z.object({ id: z.string(), mode: z.enum(['halt', 'read_only']), reason: z.string() }),
  ),
  /** What holds it back now because of a signal, by kind. */
  restrictions: z.array(restrictionSchema.pick({ id: true, kind: true, name: true, stops: true })),
  pendingApprovals: z.int(),
  openIncidents: z.int(),
  /** When the last of its keys ends, if that is within 14 days or over; null otherwise. */
  keysEnd: z.object({ at: instantSchema, over: z.boolean() }).nullable(),
});
export type Agent = z.infer<typeof agentSchema>;

export const agentDetailSchema = agentSchema.extend({
  pact: pactSchema,
  pactVersion: z.int(),
  keys: z.array(agentKeySchema),
  versions: z.array(z.object({ version: z.string(), firstSeenAt: instantSchema })),
  /** The same with why, since when and until when. */
  restrictions: z.array(restrictionSchema),
  /** What checks said of it over the last 30 days. */
  dimensions: z.array(dimensionScoreSchema),
  badges: z.array(badgeSchema),
  /** The commitments of its pact, kept or broken. */
  commitments: z.array(trackedCommitmentSchema),
  /** Change of the composite, in [-1, 1]; null when there is no history that old. */
  scoreVelocity: z.object({ last7Days: z.number().nullable() }),
  /** What is missing for the next rung, as sentences; empty at the top. */
  nextRung: z.array(z.string()),
  ladder: z.object({
    version: z.int(),
    rungs: z.array(z.object({ rung: rungNumberSchema, name: z.string(), min: z.number() })),
  }),
  counts: z.object({
    decisions: z.int(),
    byOutcome: z.record(z.string(), z.int()),
    sessions: z.int(),
    approved: z.int(),
    rejected: z.int(),
  }),
});
export type AgentDetail = z.infer<typeof agentDetailSchema>;

export const AGENT_SORTS = ['name', 'score', 'lastSeen', 'created'] as const;
export const agentListQuerySchema = pageQuerySchema.extend({
  q: z.string().max(200).optional(),
  rung: z.coerce.number().int().min(1).max(5).optional(),
  status: z.enum(AGENT_STATUSES).optional(),
  tag: z.string().max(64).optional(),
  sort: z.enum(AGENT_SORTS).default('name'),
  order: z.enum(['asc', 'desc']).default('asc'),
});
export type AgentListQuery = z.infer<typeof agentListQuerySchema>;
export const agentPageSchema = pageOf(agentSchema).extend({ total: z.int() });

export const MARK_KINDS = [
  'verdict',
  'incident',
  'switch',
  'version',
  'ladder',
  'rung',
  'override',
  'identity',
  'evidence',
  'restriction',
] as const;
export const historyQuerySchema = z.object({
  from: instantSchema.optional(),
  to: instantSchema.optional(),
  points: z.coerce.number().int().min(2).max(600).default(600),
});
export const historyPointSchema = z.object({
  at: instantSchema,
  score: z.number(),
  rung: rungNumberSchema,
  /** Layer scores in [0, 1]; null while the layer was unknown. */
  layers: z.record(layerSchema, z.number().nullable()),
});
export const historySchema = z.object({
  from: instantSchema,
  to: instantSchema,
  points: z.array(historyPointSchema),
  marks: z.array(
    z.object({
      at: instantSchema,
      kind: z.enum(MARK_KINDS),
      text: z.string(),
      /** Id of the approval, incident, switch, version, moment or restriction the mark stands for. */
      subjectId: z.string().optional(),
      tone: z.enum(['positive', 'negative', 'neutral']),
    }),
  ),
});
export type History = z.infer<typeof historySchema>;

export const explainQuerySchema = z.object({ at: instantSchema });
export const explanationSchema = z.object({
  at: instantSchema,
  before: z.object({ at: instantSchema, score: z.number(), rung: rungNumberSchema }).nullable(),
  after: z.object({ at: instantSchema, score: z.number(), rung: rungNumberSchema }),
  /** What moved the score between the two, oldest first; deltas are in [-1, 1] and with `decay` add up to after minus before. */
  contributions: z.array(
    z.object({
      signalId: z.string(),
      at: instantSchema,
      kind: z.string(),
      layer: layerSchema,
      source: z.string(),
      text: z.string(),
      layerDelta: z.number(),
      scoreDelta: z.number(),
      decisionId: z.string().nullable(),
      detail: z.record(z.string(), z.json()).nullable(),
    }),
  ),
  decayDelta: z.number(),
  configVersion: z.string(),
  ladderVersion: z.int(),
});
export type Explanation = z.infer<typeof explanationSchema>;

export const overrideInputSchema = z.object({
  rung: rungNumberSchema,
  until: instantSchema,
  reason: text(2_000),
});

export const agentSessionSchema = z.object({
  id: z.string(),
  agentId: z.string(),
  endUser: z.string().nullable(),
  purpose: z.string().nullable(),
  request: z.string(),
  createdAt: instantSchema,
  decisions: z.int(),
});
export const agentSessionPageSchema = pageOf(agentSessionSchema);

/** For whom an attestation is, and what it is to say besides. */
export const attestationQuerySchema = z.object({
  /** The address of the service that will read it: its `aud`. */
  audience: text(500).optional(),
  /** Names of tools, with spaces between; those that the pact holds become its `scope`. */
  scope: z.string().max(4_000).optional(),
  /** Thumbprint (RFC 7638) of the agent's key that will prove who shows it; the only key when absent. */
  jkt: z.string().max(100).optional(),
});
export type AttestationQuery = z.infer<typeof attestationQuerySchema>;

/** What Belay says of an agent: a JWT, signed with a key of `/.well-known/jwks.json`. */
export const attestationSchema = z.object({ token: z.string(), expiresAt: instantSchema });
