import type { Operation } from '../operation';
import { AGENTS } from './agents';
import { APPROVALS } from './approvals';
import { DECISIONS } from './decisions';
import { DISCOVERY } from './discovery';
import { EVIDENCE } from './evidence';
import { IDENTITY } from './identity';
import { REVIEWING } from './reviewing';
import { GOVERNANCE, KILL_SWITCHES } from './governance';
import { GATEWAY_CALLS } from './gateway';
import { QUEUE } from './queue';
import { MESSAGES } from './messages';
import { PASSKEYS } from './passkeys';
import { ACCESS_REQUESTS, SEARCHES } from './searches';
import { VERDICTS } from './verdicts';
import { LEDGER, WORKSPACE } from './workspace';

/** Every call of the wire, one row each. */
export const OPERATIONS: readonly Operation[] = [
  ...DECISIONS,
  ...SEARCHES,
  ...ACCESS_REQUESTS,
  ...EVIDENCE,
  ...REVIEWING,
  ...APPROVALS,
  ...QUEUE,
  ...VERDICTS,
  ...AGENTS,
  ...KILL_SWITCHES,
  ...GOVERNANCE,
  ...LEDGER,
  ...WORKSPACE,
  ...PASSKEYS,
  ...MESSAGES,
  ...GATEWAY_CALLS,
  ...IDENTITY,
  ...DISCOVERY,
];
