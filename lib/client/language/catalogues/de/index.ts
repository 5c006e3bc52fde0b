/** All of German, by area, for the server. */
import type { Area } from '../../areas';
import type { Catalogue } from '../../speech';
import everywhere from './everywhere';
import agents from './agents';
import approvals from './approvals';
import firstAgent from './first-agent';
import incidents from './incidents';
import killSwitches from './kill-switches';
import ladders from './ladders';
import ledger from './ledger';
import overview from './overview';
import policies from './policies';
import reviewing from './reviewing';
import settings from './settings';
import tools from './tools';

export const GERMAN: Readonly<Record<Area, Catalogue>> = {
  everywhere,
  agents,
  approvals,
  'first-agent': firstAgent,
  incidents,
  'kill-switches': killSwitches,
  ladders,
  ledger,
  overview,
  policies,
  reviewing,
  settings,
  tools,
};
