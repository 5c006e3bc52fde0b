import {
  evaluationRunInputSchema,
  evaluationRunSchema,
  ciQuerySchema,
  evidenceSourceInputSchema,
  evidenceSourceListSchema,
  evidenceSourceSchema,
  opaLogSchema,
  plainBuildSchema,
  securityEventTokenSchema,
  takenSchema,
  otlpRequestSchema,
  otlpResponseSchema,
  signalsRequestSchema,
  signalsResponseSchema,
} from '@/lib/contracts';
import { ANYBODY, CONSOLE, type Operation } from '../operation';

export const EVIDENCE: readonly Operation[] = [
  {
    method: 'post',
    path: '/api/v1/signals',
    id: 'recordSignals',
    tag: 'Evidence',
    summary: 'Record evidence about agents',
    description:
      'CloudEvents 1.0 over HTTP: structured, binary, or a batch, of which all events are taken or none. `type` is ' +
      '`belay.signal.<layer>.<kind>`, `subject` the id of the agent. `source` and `id` make an event idempotent. What an agent says ' +
      'about itself can cost trust and never lifts it.',
    callers: ['token', 'key'],
    permission: 'signals.record',
    body: signalsRequestSchema,
    status: 202,
    answer: signalsResponseSchema,
    problems: { 422: ['signals_refused'], 429: ['source_exhausted', 'too_many_open'] },
  },
  {
    method: 'post',
    path: '/v1/traces',
    id: 'exportTraces',
    tag: 'Evidence',
    summary: 'Export traces as evidence about agents',
    description:
      'OTLP/HTTP, as exporters send it: JSON, or protobuf (`application/x-protobuf`) with the answer in protobuf, plain or packed ' +
      'with gzip. Spans of the OpenTelemetry GenAI conventions give signals, other spans are ignored; `belay.agent.id` or ' +
      '`gen_ai.agent.id` names the agent. What cannot be taken is counted in `partialSuccess`, the rest is taken.',
    callers: ['token', 'key'],
    permission: 'signals.record',
    body: otlpRequestSchema,
    status: 200,
    answer: otlpResponseSchema,
    problems: { 400: ['malformed_protobuf'], 429: ['source_exhausted', 'too_many_open'] },
  },
  {
    method: 'post',
    path: '/api/v1/intake/opa',
    id: 'recordOpaLog',
    tag: 'Evidence',
    summary: 'Take a decision log of OPA',
    description:
      'As the decision log plugin of OPA sends it: a JSON array, plain or packed with gzip. What was denied to an agent (`input.subject`, ' +
      '`input.agent`) gives signals. Entries that cannot be taken are named, the others are taken.',
    callers: ['key'],
    permission: 'signals.record',
    body: opaLogSchema,
    status: 200,
    answer: takenSchema,
    problems: { 429: ['source_exhausted', 'too_many_open'] },
  },
  {
    method: 'post',
    path: '/api/v1/intake/ci',
    id: 'recordBuild',
    tag: 'Evidence',
    summary: 'Take the result of a build',
    description:
      'Webhooks `workflow_run` and `check_suite` of GitHub, or a plain delivery as described here. Believed for `X-Hub-Signature-256`, ' +
      'made with the secret of the source that the query names.',
    callers: ANYBODY,
    query: ciQuerySchema,
    body: plainBuildSchema,
    status: 202,
    answer: takenSchema,
    problems: { 401: ['bad_signature'], 429: ['source_exhausted', 'too_many_open'] },
  },
  {
    method: 'post',
    path: '/api/v1/intake/caep',
    id: 'recordSecurityEvent',
    tag: 'Evidence',
    summary: 'Take an event of an identity provider',
    description:
      'A Security Event Token (RFC 8417) with events of CAEP 1.0, pushed as RFC 8935 has it (`application/secevent+jwt`). Its issuer has ' +
      'to be one of the workspace. Answers 202 without a body, and errors with `err` and `description`.',
    callers: ['key'],
    permission: 'signals.record',
    body: securityEventTokenSchema,
    bodyType: 'application/secevent+jwt',
    status: 202,
    emptyBy: 'RFC 8935',
    problems: {
      400: ['set_malformed', 'set_issuer', 'set_audience', 'set_key', 'set_signature'],
      429: ['source_exhausted', 'too_many_open'],
    },
  },
  {
    method: 'get',
    path: '/api/v1/evidence-sources',
    id: 'listEvidenceSources',
    tag: 'Evidence',
    summary: 'List the sources of evidence that are limited or weighed',
    callers: CONSOLE,
    permission: 'workspace.read',
    status: 200,
    answer: evidenceSourceListSchema,
  },
  {
    method: 'post',
    path: '/api/v1/evidence-sources',
    id: 'addEvidenceSource',
    tag: 'Evidence',
    summary: 'Limit and weigh a source of evidence',
    description:
      'How many items a day it may give and what they weigh; for CI the secret that its deliveries are signed with, which is sealed and ' +
      'never shown.',
    callers: CONSOLE,
    permission: 'workspace.manage',
    body: evidenceSourceInputSchema,
    idempotent: true,
    status: 201,
    answer: evidenceSourceSchema,
    problems: { 409: ['source_exists', 'too_many_sources'] },
  },
  {
    method: 'delete',
    path: '/api/v1/evidence-sources/{id}',
    id: 'removeEvidenceSource',
    tag: 'Evidence',
    summary: 'Remove a source of evidence',
    callers: CONSOLE,
    permission: 'workspace.manage',
    status: 204,
  },
  {
    method: 'post',
    path: '/api/v1/evaluation-runs',
    id: 'recordEvaluationRun',
    tag: 'Evidence',
    summary: 'Record the results of checks on an agent',
    description:
      'Checks of accuracy, safety, scope adherence and injection resistance. They give signals in the layers they are about and ' +
      'open incidents: under 90 % of the safety checks of 24 hours, a fall of scope adherence by 30 points in 7 days, accuracy ' +
      'under its floor, a check that used to pass and fails. `id` makes a run idempotent.',
    callers: CONSOLE,
    permission: 'signals.record',
    body: evaluationRunInputSchema,
    idempotent: true,
    status: 201,
    answer: evaluationRunSchema,
    problems: { 409: ['run_differs'], 422: ['run_refused'] },
  },
];
