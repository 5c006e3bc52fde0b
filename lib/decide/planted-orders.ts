/** Orders in what a tool returned. They are no deed of the agent, so they cost it next to nothing, but somebody has to know. */
import { plantedOrders } from '@/lib/provenance';
import type { NewSignal } from './apply-signals';
import { shownText } from './shown-text';

/** The signal a read gives by what stands in it; it opens an incident of the lowest severity. */
export function signalsOfRead(read: {
  readonly decisionId: string;
  readonly tool: string;
  readonly text: string;
}): NewSignal[] {
  const { decisionId, tool, text } = read;
  const passages = plantedOrders([{ id: decisionId, source: tool, text }]);
  if (passages.length === 0) return [];
  return [
    {
      kind: 'context.planted_orders',
      source: 'belay',
      sourceClass: 'belay',
      decisionId,
      detail: {
        tool,
        passages: passages.slice(0, 3).map(({ span }) => ({
          read: decisionId,
          start: span?.start ?? 0,
          end: span?.end ?? 0,
          excerpt: shownText(span?.excerpt ?? ''),
        })),
      },
    },
  ];
}
