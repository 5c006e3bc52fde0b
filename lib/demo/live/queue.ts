/** Which of the waiting actions the demo reviewers take, so that the queue stays short and mixed. Pure. */

export interface WaitingAction {
  readonly approvalId: string;
  readonly agentKey: string;
  readonly tool: string;
  /** High or critical: worth a person's eyes. */
  readonly weighty: boolean;
  /** Milliseconds since the epoch. */
  readonly since: number;
}

/** The reviewers leave this many to whoever looks at the console ... */
export const LEFT_TO_PEOPLE = 8;
/** ... and no new session begins while this many wait. */
export const MOST_WAITING = 12;
/** Of one agent and tool, so many are enough to look at. */
const OF_ONE_KIND = 1;

/**
 * The actions to decide now, of those that have waited long enough: first what there is too much of, then what matters
 * least, then the oldest.
 *
 * @param pending how many actions wait in the workspace, whoever knows them
 */
export function actionsToDecide(
  waiting: readonly WaitingAction[],
  options: { pending: number; now: number; patienceMs: number },
): WaitingAction[] {
  const { pending, now, patienceMs } = options;
  const old = waiting.filter(({ since }) => now - since >= patienceMs);
  const byAge = [...old].sort((a, b) => Number(a.weighty) - Number(b.weighty) || a.since - b.since);
  const surplus = byAge.filter((action) => surplusOf(action, waiting));
  const rest = byAge.filter((action) => !surplus.includes(action));
  const tooMany = Math.max(0, pending - LEFT_TO_PEOPLE);
  return [...surplus, ...rest].slice(0, Math.max(tooMany, Math.min(surplus.length, pending - 5)));
}

/** Whether there are enough newer ones of its kind. */
function surplusOf(action: WaitingAction, waiting: readonly WaitingAction[]): boolean {
  const newer = waiting.filter(
    ({ agentKey, tool, since }) =>
      agentKey === action.agentKey && tool === action.tool && since > action.since,
  );
  return newer.length >= OF_ONE_KIND;
}
