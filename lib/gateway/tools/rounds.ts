/** The least time between two looks at a server, in milliseconds. */
const LEAST_MS = 1_000;
/** What it grows to, twofold each time, while every look finds something new: a server may say something else whenever it is asked. */
const MOST_MS = 300_000;

/** One kind of work that many may ask for: done soon, one at a time, and less often the more of it leads to more of it. */
export class Rounds {
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #again = false;
  #ended = false;
  #pauseMs = LEAST_MS;
  /** In milliseconds of `performance.now()`. */
  #notBefore = -Infinity;

  /** @param round @returns whether it found something new; never rejects */
  constructor(private readonly round: () => Promise<boolean>) {}

  /** Asks for a round that begins after now. */
  soon(): void {
    if (this.#ended) return;
    if (this.#running) this.#again = true;
    else
      this.#timer ??= setTimeout(
        () => void this.#run(),
        Math.max(0, this.#notBefore - performance.now()),
      );
  }

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  async #run(): Promise<void> {
    this.#timer = undefined;
    this.#running = true;
    const news = await this.round();
    this.#pauseMs = news ? Math.min(this.#pauseMs * 2, MOST_MS) : LEAST_MS;
    this.#notBefore = performance.now() + this.#pauseMs;
    this.#running = false;
    if (this.#again) {
      this.#again = false;
      this.soon();
    }
  }
}
