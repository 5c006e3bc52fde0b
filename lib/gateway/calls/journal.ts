/**
 * Outcomes that Belay does not have yet, in a file, so that they outlive this process. Each gateway writes a file of its own and takes
 * over those of gateways that have gone; what is sent twice because of that, Belay knows already.
 *
 * A line is written when a call has ended and before its agent has the result, so the end of the process loses nothing. It reaches
 * the disk within `TEND_MS`: a machine that loses its power loses at most what was written since.
 */
import {
  closeSync,
  fdatasync,
  fdatasyncSync,
  ftruncateSync,
  mkdirSync,
  utimesSync,
  writeSync,
} from 'node:fs';
import { leaveFile, leftBehind, openFile, removeFile, takeFile } from './journal-files';
import { unsentIn, type Unsent } from './journal-lines';

/** How often the file is brought to the disk, shown to be in use, and those of others are looked at. */
const TEND_MS = 2_000;
/** Most bytes of outcomes that wait. Beyond them an outcome is kept in memory alone, and that is said. */
const MOST_BYTES = 64 * 1024 * 1024;
/** A file is written anew when it is larger than this and twice what still waits. */
const TIDY_BYTES = 1024 * 1024;

export class Journal {
  readonly #waiting = new Map<string, string>();
  readonly #timer: NodeJS.Timeout;
  #bytes = 0;
  #size = 0;
  #file: number;
  #path: string;
  #dirty = false;
  #closed = false;
  /** The last line may stand there in part, so the next begins anew. */
  #torn = false;

  /**
   * @param folder is made where it is not there, for this user alone: outcomes hold what tools have answered
   * @param options.onFound what a gateway that has gone left behind
   * @throws Error with a sentence when nothing can be written there
   */
  constructor(
    private readonly folder: string,
    private readonly options: {
      readonly onFound: (left: readonly Unsent[]) => void;
      readonly onTrouble: (sentence: string) => void;
      readonly mostBytes?: number;
    },
  ) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      [this.#path, this.#file] = openFile(folder);
    } catch (error) {
      throw new Error(
        `The gateway cannot write to its folder ${folder}, where it keeps outcomes that Belay does not have yet: ${String(error)}. ` +
          'Name another one as "state" in its configuration.',
      );
    }
    this.#takeOver();
    this.#timer = setInterval(() => this.#tend(), TEND_MS).unref();
  }

  /** Outcomes in the file. */
  get size(): number {
    return this.#waiting.size;
  }

  /** @returns whether it stands in the file */
  add(unsent: Unsent): boolean {
    if (this.#closed) return false;
    const line = `${JSON.stringify(unsent)}\n`;
    const bytes = Buffer.byteLength(line);
    if (this.#bytes + bytes > (this.options.mostBytes ?? MOST_BYTES)) {
      this.options.onTrouble(
        `More outcomes wait for Belay than ${this.folder} may hold: those that follow are lost if the gateway ends before Belay is back.`,
      );
      return false;
    }
    this.#forget(unsent.decisionId);
    this.#waiting.set(unsent.decisionId, line);
    this.#bytes += bytes;
    return this.#write(line);
  }

  /** Belay has it. */
  done(decisionId: string): void {
    if (this.#closed || !this.#waiting.has(decisionId)) return;
    this.#forget(decisionId);
    if (this.#waiting.size === 0) return this.#empty();
    this.#write(`${JSON.stringify({ done: decisionId })}\n`);
    if (this.#size > TIDY_BYTES && this.#size > this.#bytes * 2) this.#rewrite();
  }

  /** What still waits stays where it is, for the next gateway. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#timer);
    closeSync(this.#file);
    if (this.#waiting.size === 0) removeFile(this.#path);
    else leaveFile(this.#path);
  }

  #forget(decisionId: string): void {
    this.#bytes -= Buffer.byteLength(this.#waiting.get(decisionId) ?? '');
    this.#waiting.delete(decisionId);
  }

  #empty(): void {
    ftruncateSync(this.#file, 0);
    this.#size = 0;
  }

  /** @returns whether the whole line stands in the file */
  #write(line: string): boolean {
    const bytes = Buffer.from(this.#torn ? `\n${line}` : line);
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at);
      this.#size += bytes.length;
      this.#torn = false;
      this.#dirty = true;
      return true;
    } catch (error) {
      this.#torn = true;
      this.options.onTrouble(
        `An outcome could not be written to ${this.#path}: ${String(error)}. It is lost if the gateway ends before Belay has it.`,
      );
      return false;
    }
  }

  /** A new file with what still waits; the old one goes when all of it is on the disk, and else stays the one in use. */
  #rewrite(): void {
    const old = { path: this.#path, file: this.#file, size: this.#size, torn: this.#torn };
    [this.#path, this.#file] = openFile(this.folder);
    [this.#size, this.#torn] = [0, false];
    const whole = [...this.#waiting.values()].every((line) => this.#write(line));
    const rest = whole ? old : { path: this.#path, file: this.#file };
    if (whole) fdatasyncSync(this.#file);
    else
      [this.#path, this.#file, this.#size, this.#torn] = [old.path, old.file, old.size, old.torn];
    closeSync(rest.file);
    removeFile(rest.path);
  }

  #tend(): void {
    try {
      this.#touch();
      if (this.#dirty) fdatasync(this.#file, () => undefined);
      this.#dirty = false;
      this.#takeOver();
    } catch (error) {
      this.options.onTrouble(`The folder ${this.folder} cannot be used: ${String(error)}.`);
    }
  }

  #touch(): void {
    const now = new Date();
    try {
      utimesSync(this.#path, now, now);
    } catch {
      // Another gateway took it for one that nobody needs, as this machine slept: it has what stood in it.
      this.#rewrite();
    }
  }

  #takeOver(): void {
    const left = leftBehind(this.folder).flatMap((path) => this.#read(path));
    if (left.length > 0) this.options.onFound(left);
  }

  /** It goes when its lines are on the disk in the own file. Else it stays under its new name, for the gateway after this one. */
  #read(path: string): Unsent[] {
    const taken = takeFile(this.folder, path);
    if (taken === undefined) return [];
    const { waiting, unreadable } = unsentIn(taken.text);
    if (unreadable > 0)
      this.options.onTrouble(
        `${unreadable} lines of ${path} could not be read; they were half written, or changed.`,
      );
    const written = waiting.map((unsent) => this.add(unsent));
    if (written.every(Boolean)) {
      fdatasyncSync(this.#file);
      removeFile(taken.path);
    }
    return waiting;
  }
}
