/**
 * Asks detectors about texts that agents have read, beside the decisions and never in their way: texts wait in a bounded queue
 * of their workspace, a few are asked about at once, and while the detector fails they go on waiting until it is tried again.
 * A text nobody could ask about counts as it would without a detector.
 */
import { sql } from '@/lib/db';
import {
  GuardedPlace,
  UNASKED,
  withoutToken,
  type GuardedAnswer,
  type OutsideHealth,
} from '../outside/guarded-place';
import { shownText } from '../shown-text';
import { recordFinding, type Finding, type ReadText } from './record-finding';
import { detectorInForce, detectorToken, type DetectorSettings } from './settings';
import { readVerdict, type DetectorQuestion, type DetectorVerdict } from './verdict';

/** Texts of a workspace that may wait in this process; beyond, the newest is left out and counted. */
const MAX_WAITING = 500;
/** Questions of a workspace that are out at once. */
const AT_ONCE = 4;

export interface ScreeningHealth extends OutsideHealth {
  readonly waiting: number;
  /** Left out: too many waited, or the text or the setting could not be read. */
  readonly dropped: number;
  readonly found: Readonly<Record<Finding, number>>;
}

interface Place {
  readonly version: number;
  /** Undefined when its token cannot be opened. */
  readonly guarded: GuardedPlace | undefined;
  readonly health: () => OutsideHealth;
}

class Lane {
  readonly #waiting: ReadText[] = [];
  #running = 0;
  #dropped = 0;
  #found: Record<Finding, number> = { hostile: 0, suspected: 0, nothing: 0 };
  #place: Place | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly workspaceId: string) {}

  offer(read: ReadText): void {
    if (this.#waiting.length >= MAX_WAITING) this.#dropped += 1;
    else this.#waiting.push(read);
    this.#pump();
  }

  /** Asks under a setting, whoever wants to know. Never throws. */
  async ask(
    settings: DetectorSettings,
    question: DetectorQuestion,
  ): Promise<GuardedAnswer<DetectorVerdict> | { readonly failure: 'no_token' }> {
    const { guarded } = this.#placeOf(settings);
    if (guarded === undefined) return { failure: 'no_token' };
    // Whoever tries it may be who finds out that it is back: what waits goes on.
    return guarded
      .ask(question, (answer) => readVerdict(answer, question))
      .finally(() => this.#pump());
  }

  health(version: number): ScreeningHealth {
    const place = this.#place?.version === version ? this.#place : undefined;
    return {
      ...(place?.health() ?? UNASKED),
      waiting: this.#waiting.length + this.#running,
      dropped: this.#dropped,
      found: { ...this.#found },
    };
  }

  /** The circuit and the figures belong to one version of the setting. */
  #placeOf(settings: DetectorSettings): Place {
    if (this.#place?.version !== settings.version)
      this.#place = openPlace(this.workspaceId, settings);
    return this.#place;
  }

  #pump(): void {
    while (this.#running < AT_ONCE && this.#waiting.length > 0) {
      const guarded = this.#place?.guarded;
      const chance = guarded === undefined ? 0 : guarded.nextChance();
      if (chance === undefined) return;
      if (chance > Date.now()) return this.#pumpAt(chance);
      const read = this.#waiting.shift();
      if (read === undefined) return;
      this.#running += 1;
      void this.#judge(read)
        .catch(() => (this.#dropped += 1))
        .finally(() => {
          this.#running -= 1;
          this.#pump();
        });
    }
  }

  #pumpAt(time: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#pump(), time - Date.now());
    this.#timer.unref();
  }

  async #judge(read: ReadText): Promise<void> {
    const settings = await detectorInForce(sql, this.workspaceId);
    if (settings === undefined) return;
    const kept = await readKept(read);
    if (kept === undefined) return;
    const { tool, truncated } = kept;
    const question = { id: read.decisionId, text: shownText(kept.text), truncated };
    const asked = await this.ask(settings, question);
    if ('failure' in asked) {
      if (asked.failure === 'circuit_open') this.#waiting.unshift(read);
      return;
    }
    const found = { read, tool, question, verdict: asked.answer, settings, now: Date.now() };
    this.#found[await recordFinding(found)] += 1;
  }
}

function openPlace(workspaceId: string, settings: DetectorSettings): Place {
  const { version, url: address, timeoutMs } = settings;
  try {
    const token = detectorToken(workspaceId, settings.sealedToken);
    const guarded = new GuardedPlace({ address, timeoutMs, token }, Date.now);
    return { version, guarded, health: () => guarded.health() };
  } catch {
    const health = withoutToken(Date.now());
    return { version, guarded: undefined, health: () => health };
  }
}

async function readKept({ workspaceId, agentId, sessionId, decisionId }: ReadText) {
  const [row] = await sql<{ tool: string; text: string; truncated: boolean }>(
    'SELECT tool, text, truncated FROM session_reads WHERE workspace_id = $1 AND agent_id = $4 AND session_id = $2 AND decision_id = $3',
    [workspaceId, sessionId, decisionId, agentId],
  );
  return row;
}

// Next loads modules more than once; queues and circuits must be one a process.
const shared = globalThis as typeof globalThis & { belayDetectorLanes?: Map<string, Lane> };

/** The queue of a workspace in this process. */
export function detectorLane(workspaceId: string): Lane {
  shared.belayDetectorLanes ??= new Map();
  const known = shared.belayDetectorLanes.get(workspaceId);
  if (known !== undefined) return known;
  const lane = new Lane(workspaceId);
  shared.belayDetectorLanes.set(workspaceId, lane);
  return lane;
}
