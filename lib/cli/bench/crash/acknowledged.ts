import { setTimeout as sleep } from 'node:timers/promises';
import type { Deed, Witness } from '@/lib/cli/replay/play-session';

const LOOK_MS = 20;
const WAIT_TIMEOUT_MS = 90_000;

/** What the server said has happened. */
export class Acknowledged {
  readonly #ids: Record<Deed, string[]> = {
    decided: [],
    approved: [],
    rejected: [],
    redeemed: [],
    reported: [],
  };

  readonly note: Witness = (deed, id) => this.#ids[deed].push(id);

  get count(): number {
    return Object.values(this.#ids).reduce((total, ids) => total + ids.length, 0);
  }

  /** Ids by deed, as far as they go now. */
  soFar(): Readonly<Record<Deed, readonly string[]>> {
    const { decided, approved, rejected, redeemed, reported } = this.#ids;
    return {
      decided: [...decided],
      approved: [...approved],
      rejected: [...rejected],
      redeemed: [...redeemed],
      reported: [...reported],
    };
  }

  /** Until so many more were acknowledged. @throws Error after a minute and a half */
  async more(count: number): Promise<void> {
    const wanted = this.count + count;
    const deadline = Date.now() + WAIT_TIMEOUT_MS;
    while (this.count < wanted) {
      if (Date.now() > deadline) throw new Error('The server did not come back.');
      await sleep(LOOK_MS);
    }
  }
}
