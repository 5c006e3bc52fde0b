/** The names schemas have in the document. A schema without a name here stands where it is used. */
import type { ZodOpenApiComponentsObject } from 'zod-openapi';
import * as wire from '@/lib/contracts';

export const SCHEMAS = {
  Action: wire.actionSchema,
  Agent: wire.agentSchema,
  AgentDetail: wire.agentDetailSchema,
  AgentInput: wire.agentInputSchema,
  ApiKey: wire.apiKeySchema,
  Approval: wire.approvalSchema,
  ApprovalDetail: wire.approvalDetailSchema,
  Badge: wire.badgeSchema,
  BasePolicy: wire.basePolicySchema,
  CloudEvent: wire.cloudEventSchema,
  Decision: wire.decisionSchema,
  DecisionStatus: wire.decisionStatusSchema,
  Detector: wire.detectorSchema,
  DetectorHealth: wire.detectorHealthSchema,
  DimensionScore: wire.dimensionScoreSchema,
  EvaluationRequest: wire.evaluationRequestSchema,
  EvaluationResponse: wire.evaluationResponseSchema,
  EvaluationRun: wire.evaluationRunSchema,
  EvaluationRunInput: wire.evaluationRunInputSchema,
  Explanation: wire.explanationSchema,
  Feedback: wire.feedbackSchema,
  History: wire.historySchema,
  Incident: wire.incidentSchema,
  KillSwitch: wire.killSwitchSchema,
  Ladder: wire.ladderBodySchema,
  LadderVersion: wire.ladderVersionSchema,
  LayerTrust: wire.layerTrustSchema,
  LedgerEntry: wire.ledgerEntrySchema,
  LiveEvent: wire.liveEventSchema,
  Me: wire.meSchema,
  OutsideHealth: wire.outsideHealthSchema,
  Pact: wire.pactSchema,
  Permit: wire.permitSchema,
  Person: wire.personSchema,
  PolicyVersion: wire.policyVersionSchema,
  Problem: wire.problemSchema,
  PublicJwk: wire.publicJwkSchema,
  Reason: wire.reasonSchema,
  Resource: wire.resourceSchema,
  Response: wire.responseSchema,
  Restriction: wire.restrictionSchema,
  Tool: wire.toolSchema,
  Trust: wire.trustSchema,
  Workspace: wire.workspaceSchema,
} as const;

export const SECURITY_SCHEMES: NonNullable<ZodOpenApiComponentsObject['securitySchemes']> = {
  agentToken: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
    description: "An agent's token, from `POST /oauth/token`. It lives for five minutes.",
  },
  apiKey: {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'bk_...',
    description:
      'An API key: `npm run --silent belay -- key create --name NAME --role ROLE`, or the settings page. It works in one workspace.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: 'next-auth.session-token',
    description:
      'The cookie of a person who is signed in (`__Secure-next-auth.session-token` under https). Writes must come from the same origin.',
  },
};
