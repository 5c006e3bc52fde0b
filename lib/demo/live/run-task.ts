/** One session of one agent over HTTP: ask, wait for a person where one is needed, spend the permit, act, report. */
import type { AgentAction, AgentClient } from '@/lib/client/agent-client';
import { ApiError } from '@/lib/client/api-error';
import type { DecisionStatus } from '@/lib/contracts';
import type { Step, Task } from '../fleet';

export interface TaskEvents {
  /** The action waits for a person. */
  readonly onWaiting: (approvalId: string, decisionId: string, step: Step) => void;
  /** The action ran, or a person carries it out; an independent system may check it. */
  readonly onRan: (decisionId: string, step: Step) => void;
  readonly ending: AbortSignal;
}

/** Seconds of one long poll. */
const WAIT_SECONDS = 25;

/** @throws ApiError when Belay does not answer or refuses the agent as such */
export async function runTask(
  client: AgentClient,
  session: string,
  task: Task,
  events: TaskEvents,
): Promise<void> {
  const { request, purpose, endUser } = task;
  const { ending } = events;
  await client.openSession(
    { id: session, request, purpose, ...(endUser === undefined ? {} : { endUser }) },
    ending,
  );
  for (const step of task.steps) {
    if (!(await runStep(client, session, step, events))) return;
  }
}

/** @returns whether the step ran, so that the next one makes sense */
async function runStep(
  client: AgentClient,
  session: string,
  step: Step,
  events: TaskEvents,
): Promise<boolean> {
  const { ending } = events;
  const action: AgentAction = {
    name: step.tool,
    properties: { arguments: { ...step.arguments } },
  };
  const resource = resourceOf(step);
  const { context } = await client.evaluate({ action, resource, context: { session } }, ending);
  if (context.outcome === 'suggest') events.onRan(context.id, step);
  if (context.outcome === 'suggest' || context.outcome === 'deny') return false;
  if (context.approval !== undefined) {
    events.onWaiting(context.approval.id, context.id, step);
    const { state, verdict } = await settled(client, context.id, ending);
    if (state !== 'approved') return false;
    if (verdict?.edit !== undefined) action.properties = { arguments: verdict.edit.arguments };
  }
  if (!(await redeemed(() => client.redeem(context.id, { action, resource }, ending))))
    return false;
  await client.reportOutcome(context.id, outcomeOf(step), ending);
  events.onRan(context.id, step);
  return true;
}

function resourceOf({ resource: { type, id, properties } }: Step) {
  return { type, id, ...(properties === undefined ? {} : { properties: { ...properties } }) };
}

function outcomeOf({ fails, output }: Step) {
  if (fails !== undefined) return { status: 'failed' as const, error: fails };
  return { status: 'succeeded' as const, ...(output === undefined ? {} : { output }) };
}

async function settled(
  client: AgentClient,
  decisionId: string,
  ending: AbortSignal,
): Promise<DecisionStatus> {
  for (;;) {
    const status = await client.wait(decisionId, WAIT_SECONDS, ending);
    if (status.state !== 'pending') return status;
  }
}

/** A permit that died meanwhile (a switch, lower trust, time) is an answer, not a failure. */
async function redeemed(redeem: () => Promise<unknown>): Promise<boolean> {
  try {
    await redeem();
    return true;
  } catch (error) {
    if (error instanceof ApiError && (error.status === 409 || error.status === 422)) return false;
    throw error;
  }
}
