export { postEvaluationRun as POST } from '@/lib/http/console/evaluation-runs';
