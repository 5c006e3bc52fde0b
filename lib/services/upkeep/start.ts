/** What has to happen while the server runs, whether anybody asks or not. Safe to run in any number of processes at once. */
import { pruneFailures } from '@/lib/auth/sign-in-throttle';
import { sql } from '@/lib/db';
import { callBack } from '@/lib/services/access-requests/call-back';
import { tellOfUnusedGrants } from '@/lib/services/grants/tell-unused';
import { forgetReceipts } from '@/lib/services/intake/receipts';
import { tendCanaries } from '@/lib/services/canaries/tend';
import { measureReviewers } from '@/lib/services/reviewing/measure';
import { drawSamples } from '@/lib/services/reviews/draw-samples';
import { deliverMessages } from '@/lib/services/messages/deliver';
import { forgetAnnouncements } from '@/lib/services/messages/forget-announcements';
import { gatherMessages } from '@/lib/services/messages/gather';
import {
  expireApprovals,
  expireGrants,
  foldDueVerdicts,
  workspacesWithExpired,
} from '@/lib/decide';
import { noteCredentialAges } from './credential-ages';
import { judgeEvaluations } from './evaluations';
import { forgetEndedCredentials, noteKeyExpiries } from './key-expiries';
import { applyQueueRules } from './queue-rules';
import { reassessQuietAgents } from './reassess';

interface Chore {
  readonly name: string;
  readonly everyMs: number;
  readonly run: (now: number) => Promise<unknown>;
}

const HOUR_MS = 3_600_000;

async function closeExpired(now: number): Promise<void> {
  for (const workspaceId of await workspacesWithExpired(now))
    await expireApprovals(workspaceId, now);
}

const makePartitions = () =>
  sql(`SELECT belay_ensure_partitions(current_date, (current_date + interval '2 months')::date)`);
const pruneMessages = (now: number) =>
  sql('DELETE FROM messages WHERE at < $1', [new Date(now - 30 * 24 * HOUR_MS)]);
const pruneAssertions = (now: number) =>
  sql('DELETE FROM used_assertions WHERE expires_at < $1', [new Date(now)]);
const pruneChallenges = (now: number) =>
  sql('DELETE FROM step_up_challenges WHERE expires_at < $1', [new Date(now)]);
const pruneIdempotencyKeys = (now: number) =>
  sql('DELETE FROM idempotency_keys WHERE created_at < $1', [new Date(now - 24 * HOUR_MS)]);

const pruneSnoozes = (now: number) =>
  sql('DELETE FROM approval_snoozes WHERE until < $1', [new Date(now)]);

const pruneLogins = (now: number) =>
  sql('DELETE FROM login_sessions WHERE coalesce(revoked_at, expires_at) < $1', [
    new Date(now - 30 * 24 * HOUR_MS),
  ]);

const CHORES: readonly Chore[] = [
  { name: 'close approvals whose time is over', everyMs: 1_000, run: closeExpired },
  { name: 'tell of calls that nobody has decided', everyMs: 5_000, run: applyQueueRules },
  { name: 'write down what is to be told outside', everyMs: 1_000, run: gatherMessages },
  { name: 'call programs whose request has ended', everyMs: 1_000, run: callBack },
  { name: 'send messages that are due', everyMs: 1_000, run: deliverMessages },
  { name: 'forget messages older than a month', everyMs: HOUR_MS, run: pruneMessages },
  { name: 'count verdicts nobody took back', everyMs: 1_000, run: foldDueVerdicts },
  { name: 'tell of grants nobody uses', everyMs: 60_000, run: tellOfUnusedGrants },
  { name: 'end grants whose time is over', everyMs: 5_000, run: expireGrants },
  { name: 'look at agents nobody has looked at', everyMs: 5 * 60_000, run: reassessQuietAgents },
  { name: 'judge agents by their checks', everyMs: 10 * 60_000, run: judgeEvaluations },
  { name: 'draw actions for review', everyMs: 30_000, run: drawSamples },
  { name: 'tend the canaries', everyMs: 15_000, run: tendCanaries },
  { name: 'measure what verdicts count for', everyMs: 10 * 60_000, run: measureReviewers },
  { name: 'note keys older than 90 days', everyMs: HOUR_MS, run: noteCredentialAges },
  { name: 'tell of keys that end', everyMs: 10 * 60_000, run: noteKeyExpiries },
  { name: 'forget keys whose tokens are over', everyMs: 60_000, run: forgetEndedCredentials },
  { name: 'make the partitions of the coming months', everyMs: 12 * HOUR_MS, run: makePartitions },
  {
    name: 'forget announcements that every browser has read',
    everyMs: 60_000,
    run: forgetAnnouncements,
  },
  { name: 'forget assertions that can no longer be shown', everyMs: 60_000, run: pruneAssertions },
  { name: 'forget challenges nobody answered', everyMs: 60_000, run: pruneChallenges },
  {
    name: 'forget failed sign-ins',
    everyMs: 60_000,
    run: (now) => pruneFailures(new Date(now)),
  },
  { name: 'forget what was put aside and is back', everyMs: HOUR_MS, run: pruneSnoozes },
  { name: 'forget logins that ended a month ago', everyMs: HOUR_MS, run: pruneLogins },
  { name: 'forget receipts of old evidence', everyMs: 10 * 60_000, run: forgetReceipts },
  { name: 'forget idempotency keys older than a day', everyMs: HOUR_MS, run: pruneIdempotencyKeys },
];

/** Starts the chores of this process. A chore that fails is told of and comes again. @returns stops them */
export function startUpkeep(onFailure: (chore: string, error: unknown) => void): () => void {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  const schedule = (chore: Chore, delayMs: number) => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      void chore
        .run(Date.now())
        .catch((error: unknown) => onFailure(chore.name, error))
        .finally(() => schedule(chore, chore.everyMs));
    }, delayMs);
    timer.unref();
    timers.add(timer);
  };
  for (const chore of CHORES) schedule(chore, 500);
  return () => {
    stopped = true;
    timers.forEach(clearTimeout);
  };
}
