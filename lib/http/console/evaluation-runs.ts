/** POST /api/v1/evaluation-runs */
import { evaluationRunInputSchema } from '@/lib/contracts';
import { recordEvaluationRun } from '@/lib/services/evaluation-runs/record';
import { creatingHandler } from './console-handler';

export const postEvaluationRun = creatingHandler(evaluationRunInputSchema, (context, { body }) =>
  recordEvaluationRun(context, body),
);
