import {
  evaluationRunInputSchema,
  evaluationRunSchema,
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
      'CloudEvents 1.0 in structured mode, one event or a batch: all of them are taken or none. `type` is ' +
      '`belay.signal.<layer>.<kind>`, `subject` the id of the agent. `source` and `id` make an event idempotent. What an agent says ' +
      'about itself can cost trust and never lifts it.',
    callers: ['token', 'key'],
    permission: 'signals.record',
    body: signalsRequestSchema,
    status: 202,
    answer: signalsResponseSchema,
    problems: { 422: ['signals_refused'] },
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
