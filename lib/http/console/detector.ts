/** The customer's own detector. */
import { detectorInputSchema, detectorTryInputSchema } from '@/lib/contracts';
import { getDetector } from '@/lib/services/detector/get';
import { detectorHealth } from '@/lib/services/detector/health';
import { setDetector } from '@/lib/services/detector/set';
import { tryDetector } from '@/lib/services/detector/try';
import { consoleHandler } from './console-handler';

export const getDetectorSetting = consoleHandler({}, (context) => getDetector(context));
// No Idempotency-Key: a digest of the body, which holds a token, would be stored.
export const postDetector = consoleHandler(
  { body: detectorInputSchema, status: 201 },
  (context, { body }) => setDetector(context, body),
);
export const getDetectorState = consoleHandler({}, (context) => detectorHealth(context));
export const postDetectorTry = consoleHandler(
  { body: detectorTryInputSchema },
  (context, { body }) => tryDetector(context, body.text),
);
