/** The batch committer: one queue a workspace, one transaction for all that waits, answers only after the commit. */
import { DomainError } from '@/lib/contracts';
import { isDatabaseUnavailable, withTransaction, type Sql } from '@/lib/db';
import { decideBatch, type Decided } from './decide-batch';
import type { Proposal } from './facts';

/** Most actions in one transaction: a larger one would make the first of them wait. */
const MAX_BATCH = 200;
/** Most actions that may wait; beyond, callers are told to come back. */
const MAX_WAITING = 5_000;

interface Waiting {
  readonly proposal: Proposal;
  readonly resolve: (decided: Decided) => void;
  readonly reject: (error: unknown) => void;
}

interface Options {
  readonly transaction: <T>(work: (sql: Sql) => Promise<T>) => Promise<T>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
}

export class Committer {
  readonly #queues = new Map<string, Waiting[]>();
  readonly #running = new Set<string>();

  constructor(private readonly options: Options) {}

  /**
   * Decides an action. Resolves once the decision is durable.
   *
   * @throws DomainError `overloaded` (429) when too many actions wait, and what `decideBatch` refuses an action with;
   *   DatabaseUnavailable when nothing could be decided
   */
  submit(workspaceId: string, proposal: Proposal): Promise<Decided> {
    return new Promise((resolve, reject) => {
      const queue = this.#queues.get(workspaceId) ?? [];
      this.#queues.set(workspaceId, queue);
      if (queue.length >= MAX_WAITING) return reject(overloaded());
      queue.push({ proposal, resolve, reject });
      if (this.#running.has(workspaceId)) return;
      this.#running.add(workspaceId);
      setImmediate(() => void this.#drain(workspaceId, queue));
    });
  }

  async #drain(workspaceId: string, queue: Waiting[]): Promise<void> {
    while (queue.length > 0) await this.#commit(workspaceId, queue.splice(0, MAX_BATCH));
    this.#running.delete(workspaceId);
  }

  async #commit(workspaceId: string, batch: readonly Waiting[]): Promise<void> {
    try {
      const results = await this.options.transaction((sql) =>
        decideBatch(
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
    transaction: withTransaction,
    clock: () => Date.now(),
  });
  return shared.belayCommitter;
}
