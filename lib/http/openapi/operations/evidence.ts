import {
  evaluationRunInputSchema,
  evaluationRunSchema,
  otlpRequestSchema,
  otlpResponseSchema,
  signalsRequestSchema,
  signalsResponseSchema,
} from '@/lib/contracts';
import { CONSOLE, type Operation } from '../operation';

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
