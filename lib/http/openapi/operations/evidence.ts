import { signalsRequestSchema, signalsResponseSchema } from '@/lib/contracts';
import type { Operation } from '../operation';

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
];
