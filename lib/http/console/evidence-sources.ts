import { evidenceSourceInputSchema } from '@/lib/contracts';
import {
  addEvidenceSource,
  listEvidenceSources,
  removeEvidenceSource,
} from '@/lib/services/intake/sources';
import { consoleHandler, creatingHandler, segment } from './console-handler';

export const getEvidenceSources = consoleHandler({}, (context) => listEvidenceSources(context));
export const postEvidenceSource = creatingHandler(evidenceSourceInputSchema, (context, { body }) =>
  addEvidenceSource(context, body),
);
export const deleteEvidenceSource = consoleHandler({}, (context, { params }) =>
  removeEvidenceSource(context, segment(params, 'id')),
);
