/** Most differences that a check keeps; those that follow are counted. */
export const MOST_DIFFERENCES = 20;

/** What a check finds, in order: the first few in full, so that its memory does not grow with what is broken. */
export class Differences<Found> {
  readonly #kept: Found[] = [];
  #more = 0;

  add(found: Found): void {
    if (this.#kept.length < MOST_DIFFERENCES) this.#kept.push(found);
    else this.#more += 1;
  }

  /** The first of all; undefined when nothing differs. */
  get first(): Found | undefined {
    return this.#kept[0];
  }

  /** At most `MOST_DIFFERENCES`, in the order they were found. */
  get kept(): readonly Found[] {
    return this.#kept;
  }

  /** How many were found after those that are kept. */
  get more(): number {
    return this.#more;
  }
}
