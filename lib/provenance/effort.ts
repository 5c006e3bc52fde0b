/**
 * The work that looking for the values of one call may cost. Whoever writes both what is read and the arguments could otherwise
 * make one decision take minutes: every piece of every argument is looked for in every text. What is left undone counts as unseen.
 */
export class Effort {
  #chars = 32_000_000;
  #places = 20_000;

  /** @param chars UTF-16 units about to be looked through */
  search(chars: number): void {
    this.#chars -= chars;
  }

  /** A place where the piece stands, alone or inside a longer word. */
  visit(): void {
    this.#places -= 1;
  }

  get spent(): boolean {
    return this.#chars < 0 || this.#places < 0;
  }
}
