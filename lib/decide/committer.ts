/** The batch committer: one queue a workspace, a transaction for many that wait, answers only after the commit. */
import { DomainError } from '@/lib/contracts';
import { isDatabaseUnavailable, withClosing, type Closing, type Sql } from '@/lib/db';
import { prepareBatch, type Decided } from './decide-batch';
import { agentsOf } from './delegation-chain';
import type { Proposal } from './facts';

/** Most actions in one transaction: a larger one would make the first of them wait. */
const MAX_BATCH = 200;
/**
 * Most transactions of a workspace under way. While one waits for PostgreSQL, the next is decided; more of them would only be smaller.
 */
const MAX_RUNNING = 2;
/** So many have to wait before a second transaction is worth its cost beside the first, which will take them when it is done. */
const WORTH_ANOTHER = 16;
/** Most actions that may wait; beyond, callers are told to come back. */
const MAX_WAITING = 5_000;

interface Waiting {
  readonly proposal: Proposal;
  readonly resolve: (decided: Decided) => void;
  readonly reject: (error: unknown) => void;
}

interface Options {
  readonly transaction: <T>(work: (sql: Sql) => Promise<Closing<T>>) => Promise<T>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

/** What waits in a workspace, in the order it came, and whose actions are being decided. */
interface Queue {
  readonly workspaceId: string;
  waiting: Waiting[];
  readonly busyAgents: Set<string>;
  running: number;
}

export class Committer {
  readonly #queues = new Map<string, Queue>();

  constructor(private readonly options: Options) {}

  /**
   * Decides an action. Resolves once the decision is durable. The actions of one agent are decided in the order they were submitted.
   *
   * @throws DomainError `overloaded` (429) when too many actions wait, and what `prepareBatch` refuses an action with;
   *   DatabaseUnavailable when nothing could be decided
   */
  submit(workspaceId: string, proposal: Proposal): Promise<Decided> {
    return new Promise((resolve, reject) => {
      const queue = this.#queueOf(workspaceId);
      if (queue.waiting.length >= MAX_WAITING) return reject(overloaded());
      queue.waiting.push({ proposal, resolve, reject });
      if (!worthStarting(queue)) return;
      queue.running += 1;
      setImmediate(() => void this.#drain(queue));
    });
  }

  #queueOf(workspaceId: string): Queue {
    const known = this.#queues.get(workspaceId);
    if (known !== undefined) return known;
    const queue: Queue = { workspaceId, waiting: [], busyAgents: new Set(), running: 0 };
    this.#queues.set(workspaceId, queue);
    return queue;
  }

  async #drain(queue: Queue): Promise<void> {
    for (let batch = takeBatch(queue); batch.length > 0; batch = takeBatch(queue)) {
      await this.#commit(queue.workspaceId, batch);
      for (const id of batch.flatMap(everybodyIn)) queue.busyAgents.delete(id);
    }
    queue.running -= 1;
  }

  async #commit(workspaceId: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.options.transaction((sql) =>
        prepareBatch(
          sql,
          workspaceId,
          batch.map(({ proposal }) => proposal),
          this.options.clock(),
        ),
      );
      batch.forEach((waiting, index) => settle(waiting, results[index]));
    } catch (error) {
      await this.#isolate(workspaceId, batch, error);
    }
  }

  /** One action that cannot be written must not take the others with it: each gets a transaction of its own. */
  async #isolate(workspaceId: string, batch: readonly Waiting[], error: unknown): Promise<void> {
    if (batch.length === 1 || isDatabaseUnavailable(error))
      return batch.forEach(({ reject }) => reject(error));
    for (const waiting of batch) await this.#commit(workspaceId, [waiting]);
  }
}

function worthStarting({ running, waiting }: Queue): boolean {
  return running === 0 || (running < MAX_RUNNING && waiting.length >= WORTH_ANOTHER);
}

/** Whoever acts, and whoever it acts for: their states are locked together. */
const everybodyIn = ({ proposal }: Waiting): string[] => agentsOf(proposal);

/** The next to be decided. Who has an action under way waits for it: its next one depends on what that leaves. */
function takeBatch(queue: Queue): Waiting[] {
  const batch: Waiting[] = [];
  const left: Waiting[] = [];
  const taken = new Set(queue.busyAgents);
  for (const waiting of queue.waiting) {
    const agents = everybodyIn(waiting);
    if (batch.length < MAX_BATCH && !agents.some((id) => taken.has(id))) {
      batch.push(waiting);
    } else {
      left.push(waiting);
      // Nobody who came later goes before it, so that it is taken as soon as all of its agents are free.
      for (const id of agents) taken.add(id);
    }
  }
  for (const id of batch.flatMap(everybodyIn)) queue.busyAgents.add(id);
  queue.waiting = left;
  return batch;
}

function settle(waiting: Waiting, result: Decided | DomainError | undefined): void {
  if (result === undefined) waiting.reject(new Error('the batch gave no result for this action'));
  else if (result instanceof DomainError) waiting.reject(result);
  else waiting.resolve(result);
}

function overloaded(): DomainError {
  return new DomainError(
    'too_many',
    'overloaded',
    'Too many actions wait for a decision. Try again in a second.',
    {
      retryAfterSeconds: 1,
    },
  );
}

const shared = globalThis as typeof globalThis & { belayCommitter?: Committer };

/** The committer of this process. Next loads modules more than once; the queue must stay one. */
export function committer(): Committer {
  shared.belayCommitter ??= new Committer({
    transaction: (work) => withClosing(work, { plannedOnce: true }),
    clock: () => Date.now(),
  });
  return shared.belayCommitter;
}
