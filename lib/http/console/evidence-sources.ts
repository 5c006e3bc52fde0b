import {
  evidenceSecretSchema,
  evidenceSourceChangeSchema,
  evidenceSourceInputSchema,
} from '@/lib/contracts';
import {
  addEvidenceSource,
  changeEvidenceSource,
  listEvidenceSources,
  removeEvidenceSource,
  rotateEvidenceSource,
} from '@/lib/services/intake/sources';
import { consoleHandler, creatingHandler, segment } from './console-handler';

export const getEvidenceSources = consoleHandler({}, (context) => listEvidenceSources(context));
export const postEvidenceSource = creatingHandler(evidenceSourceInputSchema, (context, { body }) =>
  addEvidenceSource(context, body),
);
export const patchEvidenceSource = consoleHandler(
  { body: evidenceSourceChangeSchema },
  (context, { params, body }) => changeEvidenceSource(context, segment(params, 'id'), body),
);
export const postEvidenceSourceRotation = consoleHandler(
  { body: evidenceSecretSchema },
  (context, { params, body }) => rotateEvidenceSource(context, segment(params, 'id'), body.secret),
);
export const deleteEvidenceSource = consoleHandler({}, (context, { params }) =>
  removeEvidenceSource(context, segment(params, 'id')),
);
