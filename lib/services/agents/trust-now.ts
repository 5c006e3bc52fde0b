import type { Trust } from '@/lib/contracts';
import { layersRecord } from '@/lib/decide';
import { defaultTrustConfig, readTrust, type TrustState } from '@/lib/trust';

/** Trust as it stands at `now`: what is stored, decayed since it was stored. The rung moves only with a decision or a signal. */
export function trustNow(state: TrustState, rung: number, now: Date): Trust {
  const reading = readTrust(state, defaultTrustConfig, now.getTime());
  return { score: reading.score, rung, layers: layersRecord(reading.layers) };
}
