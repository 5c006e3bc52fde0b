/** One session of one agent over HTTP: each step is a guarded call, as in any agent that is written with the client. */
import { type Belay, type Session } from '@/lib/client/agent/index';
import type { Step, Task } from '../fleet';

export interface TaskEvents {
  /** The action waits for a person. */
  readonly onWaiting: (approvalId: string, decisionId: string, step: Step) => void;
  /** The action ran, or a person carries it out; an independent system may check it. */
  readonly onRan: (decisionId: string, step: Step) => void;
  readonly ending: AbortSignal;
}

/** What a step that fails throws where its tool would. */
class StepFailed extends Error {}

/** @throws BelayError when Belay does not answer or refuses the agent as such */
export async function runTask(
  belay: Belay,
  id: string,
  { request, purpose, endUser, steps }: Task,
  events: TaskEvents,
): Promise<void> {
  const session = await belay.session({ id, request, purpose, endUser }, events.ending);
  for (const step of steps) {
    if (!(await runStep(session, step, events))) return;
  }
}

/** @returns whether the step ran, so that the next one makes sense */
async function runStep(session: Session, step: Step, events: TaskEvents): Promise<boolean> {
  const perform = session.guard(
    step.tool,
    (_: Step['arguments'], { decisionId }) => {
      if (step.fails === undefined) return { decisionId, output: step.output };
      throw new StepFailed(step.fails, { cause: decisionId });
    },
    {
      resource: resourceOf(step),
      output: ({ output }) => output,
      onApproval: ({ approval, decision }) => events.onWaiting(approval.id, decision.id, step),
    },
  );
  try {
    const { state, decision } = await perform(step.arguments, { signal: events.ending });
    if (state === 'ran' || state === 'suggested') events.onRan(decision.id, step);
    return state === 'ran';
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error;
    events.onRan(String(error.cause), step);
    return true;
  }
}

function resourceOf({ resource: { type, id, properties } }: Step) {
  return { type, id, ...(properties === undefined ? {} : { properties: { ...properties } }) };
}
