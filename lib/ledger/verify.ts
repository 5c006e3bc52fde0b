import { GENESIS_HEAD, type LedgerEntry, type LedgerHead } from './entry';
import { Differences } from './differences';
import { findFaults } from './faults';

/** Something that is not as it was written, and the entry where that shows. */
export interface Difference {
  readonly seq: number;
  readonly what: string;
}

export interface VerifyResult {
  readonly ok: boolean;
  /** How many entries were found whole before the first broken one. */
  readonly checked: number;
  readonly firstError?: Difference;
  /** The first differences in the order of the chain, at most `MOST_DIFFERENCES`; absent when there is none. */
  readonly differences?: readonly Difference[];
  /** How many follow after those; absent when there is none at all. */
  readonly moreDifferences?: number;
  /** The result in plain words. */
  readonly text: string;
}

/** Feed entries in order of `seq`, then ask `finish`. Constant memory. */
export interface LedgerVerifier {
  /** False when something is wrong with this entry, or between it and the one before. */
  add(entry: LedgerEntry): boolean;
  /** Compares with the head the database claims; leave it out for an export that may end anywhere. */
  finish(head?: LedgerHead): VerifyResult;
}

export interface VerifierOptions {
  /** The chain that is expected. */
  readonly workspaceId: string;
  /** Where to begin; the beginning of the chain unless told. */
  readonly from?: LedgerHead;
}

/**
 * Checks a stored chain entry by entry: sequence, previous hash, hash over the stored bytes, canonical form, and that the
 * searchable columns say what the bytes say.
 *
 * After a difference it goes on from what is stored there, so that one does not hide the next: a changed entry is one difference,
 * wherever the entries after it still follow the hash that it was stored with.
 *
 * It finds any change, insertion, removal or reordering of entries. It cannot find a chain that was rewritten as a whole
 * together with its head, nor entries cut off together with their head: only a checkpoint kept elsewhere can.
 */
export function createVerifier(options: VerifierOptions): LedgerVerifier {
  let last = options.from ?? GENESIS_HEAD;
  let checked = 0;
  const found = new Differences<Difference>();
  return {
    add(entry) {
      const faults = findFaults(options.workspaceId, last, entry);
      for (const fault of faults) found.add(fault);
      // One that comes again leads nowhere; the chain goes on after the one that was expected.
      if (entry.seq > last.seq) last = { seq: entry.seq, hash: entry.hash };
      if (found.first === undefined) checked += 1;
      return faults.length === 0;
    },
    finish(head) {
      const fault = head === undefined ? undefined : headFault(last, head);
      if (fault !== undefined) found.add(fault);
      return resultOf(checked, last, found);
    },
  };
}

function headFault(last: LedgerHead, head: LedgerHead): Difference | undefined {
  if (head.seq > last.seq) {
    const what = `The chain ends at entry ${last.seq}, but its head says ${head.seq}: entries are missing at the end.`;
    return { seq: last.seq + 1, what };
  }
  if (head.seq < last.seq) {
    const what = `The chain goes on to entry ${last.seq}, but its head says ${head.seq}.`;
    return { seq: head.seq + 1, what };
  }
  if (head.hash === last.hash) return undefined;
  return { seq: last.seq, what: `The hash of entry ${last.seq} is not the one its head names.` };
}

function resultOf(checked: number, last: LedgerHead, found: Differences<Difference>): VerifyResult {
  const entries = checked === 1 ? '1 entry' : `${checked} entries`;
  const firstError = found.first;
  if (firstError === undefined) {
    const text =
      checked === 0
        ? 'The ledger is empty.'
        : `${entries} checked, up to ${last.seq}: the chain is whole.`;
    return { ok: true, checked, text };
  }
  const text = `The chain is broken at entry ${firstError.seq}. ${firstError.what} ${entries} before it checked.`;
  const differences = { differences: found.kept, moreDifferences: found.more };
  return { ok: false, checked, firstError, ...differences, text };
}
