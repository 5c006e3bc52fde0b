/** Some simulated hours: tasks begin together, step after step is decided, judged and reported. */
import type { PersonActor } from '@/lib/auth';
import { DomainError } from '@/lib/contracts';
import { withTransaction, type Sql } from '@/lib/db';
import { redeemPermitIn } from '@/lib/decide';
import { giveVerdict } from '@/lib/services/approvals/decide';
import type { Checked } from '../checked';
import { randomOf } from '../random';
import type { ScheduledTask } from '../timeline';
import { isLate, reviewerFor, verdictOf } from '../verdicts';
import type { World } from '../world';
import { byAgent, reportWave } from './reports';
import { decideWave, type Answered, type Run } from './wave';

const MINUTE_MS = 60_000;
/** Of the actions that wait for a person, so many are forgotten until they expire. */
const FORGOTTEN = 0.02;

export interface SlotResult {
  /** The simulated moment at which the last thing happened. */
  readonly end: number;
  readonly decisions: number;
  readonly checks: Checked[];
}

/** @param begin milliseconds since the epoch; nothing of the slot happens before */
export async function runSlot(
  world: World,
  tasks: readonly ScheduledTask[],
  begin: number,
): Promise<SlotResult> {
  const random = randomOf('slot', begin);
  let runs = tasks.flatMap((scheduled): Run[] => {
    const agentId = world.agents.get(scheduled.agent.key);
    return agentId === undefined ? [] : [{ scheduled, agentId, next: 0 }];
  });
  let now = begin + random.int(60, 1_500) * 1000;
  let decisions = 0;
  const checks: Checked[] = [];
  while (runs.length > 0) {
    const answers = await decideWave(world, runs, now);
    decisions += answers.length;
    const ran = await judge(world, answers, now);
    now = ran.end + random.int(5, 90) * 1000;
    await reportWave(world, ran.answers, now);
    checks.push(...checksOf(answers, ran.answers));
    runs = goOn(runs, ran.answers);
    now += random.int(10, 150) * 1000;
  }
  return { end: now, decisions, checks };
}

interface Ran {
  readonly answers: Answered[];
  readonly end: number;
}

/** Each agent finds a reviewer of its own; the actions of one are judged in order. */
async function judge(world: World, answers: readonly Answered[], now: number): Promise<Ran> {
  const allowed = answers.filter(({ decided }) => decided.outcome === 'allow');
  const waiting = answers.filter(({ decided }) => decided.approval !== undefined);
  const judged: Ran[] = [];
  for (const [, own] of byAgent(waiting)) judged.push(await judgeInOrder(world, own, now));
  const approved = judged.flatMap(({ answers: found }) => found);
  return {
    answers: [...allowed, ...approved],
    end: Math.max(now, ...judged.map(({ end }) => end)),
  };
}

async function judgeInOrder(world: World, own: readonly Answered[], from: number): Promise<Ran> {
  const approved: Answered[] = [];
  let now = from;
  for (const answer of own) {
    const { run, decided } = answer;
    const random = randomOf('verdict', run.scheduled.id, run.next);
    if (decided.approval === undefined || random.chance(FORGOTTEN)) continue;
    now += random.int(1, 10) * MINUTE_MS + random.int(0, 59_000);
    const reviewer = reviewerFor(world, run.scheduled.agent, random);
    if (await decideWaiting(world, reviewer, { ...answer, approvalId: decided.approval.id }, now))
      approved.push(answer);
  }
  return { answers: approved, end: now };
}

type Waiting = Answered & { readonly approvalId: string };

/** The verdict, and at once the redemption of the permit it gives. @returns whether the action may run */
async function decideWaiting(
  world: World,
  actor: PersonActor,
  waiting: Waiting,
  now: number,
): Promise<boolean> {
  const { step, decided, approvalId } = waiting;
  const verdict = verdictOf(step, decided.digest);
  try {
    return await withTransaction(async (sql) => {
      await giveVerdict(sql, { actor, now: new Date(now) }, approvalId, verdict);
      return verdict.outcome === 'approved' && (await redeem(sql, world, waiting, now + 2_000));
    });
  } catch (error) {
    if (isLate(error)) return false;
    throw error;
  }
}

/** Trust may have fallen since the action was decided; then it does not run. Every check comes before the first write. */
async function redeem(
  sql: Sql,
  { workspaceId }: World,
  { run, step, decided }: Answered,
  now: number,
): Promise<boolean> {
  const { agentId } = run;
  try {
    await redeemPermitIn(sql, {
      workspaceId,
      agentId,
      decisionId: decided.id,
      actor: `agent:${agentId}`,
      tool: step.tool,
      arguments: step.arguments,
      resource: step.resource,
      now,
    });
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** What other systems will say: of what ran, and of most that a person carried out on the agent's suggestion. */
function checksOf(answers: readonly Answered[], ran: readonly Answered[]): Checked[] {
  const suggested = answers.filter(
    ({ decided, run }) =>
      decided.outcome === 'suggest' && randomOf('suggested', run.scheduled.id).chance(0.8),
  );
  return [...ran, ...suggested].flatMap(({ run, step, decided }) =>
    step.check === undefined
      ? []
      : [
          {
            agentKey: run.scheduled.agent.key,
            decisionId: decided.id,
            passed: step.check === 'passed',
          },
        ],
  );
}

/** A task goes on while its step ran. */
function goOn(runs: readonly Run[], ran: readonly Answered[]): Run[] {
  const done = new Set(ran.map(({ run }) => run));
  return runs.flatMap((run) => {
    const { steps, burst } = run.scheduled.task;
    if (!done.has(run) || burst === true || run.next + 1 >= steps.length) return [];
    return [{ ...run, next: run.next + 1 }];
  });
}
