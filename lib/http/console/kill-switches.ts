import {
  listQuerySchema,
  switchImpactQuerySchema,
  switchInputSchema,
  switchReleaseSchema,
} from '@/lib/contracts';
import { switchImpact } from '@/lib/services/kill-switches/impact';
import { listKillSwitches } from '@/lib/services/kill-switches/list';
import { releaseKillSwitch } from '@/lib/services/kill-switches/release';
import { setKillSwitch } from '@/lib/services/kill-switches/set';
import { consoleHandler, creatingHandler, segment } from './console-handler';

export const getKillSwitches = consoleHandler({ query: listQuerySchema }, (context, { query }) =>
  listKillSwitches(context, query),
);
export const postKillSwitch = creatingHandler(switchInputSchema, (context, { body }) =>
  setKillSwitch(context, body),
);
export const getImpact = consoleHandler({ query: switchImpactQuerySchema }, (context, { query }) =>
  switchImpact(context, query),
);
export const postSwitchRelease = consoleHandler(
  { body: switchReleaseSchema },
  (context, { params, body }) => releaseKillSwitch(context, segment(params, 'id'), body.reason),
);
