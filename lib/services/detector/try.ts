import { requirePermission } from '@/lib/auth';
import { DomainError, type DetectorTry } from '@/lib/contracts';
import { newId, sql } from '@/lib/db';
import { detectorInForce, detectorLane, findingOf, shownText } from '@/lib/decide';
import type { ServiceContext } from '@/lib/services/context';
import { FAILURE_SENTENCES } from '@/lib/services/outside-health';

/**
 * Asks the detector in force about a text of the caller's, redacted as what agents read is. Leaves no trace but in its figures.
 *
 * @throws DomainError `forbidden`; 422 `no_detector` when nobody is asked
 */
export async function tryDetector({ actor }: ServiceContext, text: string): Promise<DetectorTry> {
  requirePermission(actor, 'policies.edit');
  const settings = await detectorInForce(sql, actor.workspaceId);
  if (settings === undefined)
    throw new DomainError(
      'unprocessable',
      'no_detector',
      'This workspace asks no detector. An admin names one first.',
    );
  const started = performance.now();
  const question = { id: newId(), text: shownText(text), truncated: false };
  const asked = await detectorLane(actor.workspaceId).ask(settings, question);
  const ms = Math.round(performance.now() - started);
  if ('failure' in asked)
    return {
      finding: null,
      probability: null,
      labels: [],
      spans: [],
      failure: FAILURE_SENTENCES[asked.failure],
      ms,
    };
  const { probability, labels, spans } = asked.answer;
  return {
    finding: findingOf(asked.answer, settings.threshold),
    probability,
    labels: [...labels],
    spans: spans.map((span) => ({ ...span })),
    failure: null,
    ms,
  };
}
