/** Recorded agents as one history each: what a model scored before every action, and whether the action was a good one. */
import { createHash } from 'node:crypto';
import { readSessions, type RecordedSession } from '@/lib/cli/replay/recorded';
import { rejectionSignals } from '@/lib/trust';
import { APPROVED, MONDAY, ORDINARY, reviewed } from '@/lib/trust/scenarios';
import type { Model } from '../gaming/models';

/** The sessions have no clock: an agent makes an action every twelve minutes, day and night. */
const BETWEEN_ACTIONS_MS = 12 * 60_000;

const GOOD = [...ORDINARY, ...APPROVED];
const BAD = [
  ...ORDINARY.slice(0, 1),
  ...rejectionSignals('injection').map((kind) => reviewed(kind)),
];

/** One prediction: the score before an action, in [0, 1], and the label. */
export interface Prediction {
  readonly agent: string;
  readonly score: number;
  readonly good: boolean;
}

/** Sessions of each agent, in an order that follows from their ids alone: the files have them sorted by attack. */
export async function readHistories(files: readonly string[]): Promise<Map<string, boolean[]>> {
  const sessions = new Map<string, RecordedSession[]>();
  for await (const session of readSessions(files))
    sessions.set(session.agent_id, [...(sessions.get(session.agent_id) ?? []), session]);
  const keyOf = ({ session_id: id }: RecordedSession) =>
    createHash('sha256').update(id).digest('hex');
  return new Map(
    [...sessions].map(([agent, list]) => [
      agent,
      list
        .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
        .flatMap(({ steps }) => steps.map((step) => !step.on_injection_path)),
    ]),
  );
}

/** Every action of every agent, scored before it is made; afterwards the model is told how it went. */
export function predictions(model: Model, histories: ReadonlyMap<string, boolean[]>): Prediction[] {
  return [...histories].flatMap(([agent, labels]) => {
    const standing = model.begin(MONDAY);
    return labels.map((good, n) => {
      const at = MONDAY + n * BETWEEN_ACTIONS_MS;
      const score = standing.score(at);
      standing.see(at, good ? GOOD : BAD);
      return { agent, score, good };
    });
  });
}
