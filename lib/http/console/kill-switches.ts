import {
  DomainError,
  listQuerySchema,
  switchImpactQuerySchema,
  switchInputSchema,
  switchReleaseSchema,
  type SwitchSet,
} from '@/lib/contracts';
import type { ServiceContext } from '@/lib/services/context';
import { getKillSwitch } from '@/lib/services/kill-switches/get';
import { switchImpact } from '@/lib/services/kill-switches/impact';
import { listKillSwitches } from '@/lib/services/kill-switches/list';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { consoleHandler, creatingHandler, segment } from './console-handler';

export const getKillSwitches = consoleHandler({ query: listQuerySchema }, (context, { query }) =>
  listKillSwitches(context, query),
);
export const postKillSwitch = creatingHandler(
  switchInputSchema,
  (context, { body }) => setKillSwitch(context, body),
  stillInForce,
);

/** Whoever repeats a request to stop must not read that it is stopped when somebody has released it. */
async function stillInForce(context: ServiceContext, set: SwitchSet): Promise<SwitchSet> {
  const found = await getKillSwitch(context, set.id);
  if (found.releasedAt === null) return { ...set, ...found };
  throw new DomainError(
    'conflict',
    'switch_released',
    'The kill switch that this request set was released. Use a new Idempotency-Key to set another.',
  );
}
export const getImpact = consoleHandler({ query: switchImpactQuerySchema }, (context, { query }) =>
  switchImpact(context, query),
);
export const postSwitchRelease = consoleHandler(
  { body: switchReleaseSchema },
  (context, { params, body }) => releaseKillSwitch(context, segment(params, 'id'), body.reason),
);
