import { GENESIS_HEAD, type LedgerEntry, type LedgerHead } from './entry';
import { findFault } from './faults';

export interface VerifyResult {
  readonly ok: boolean;
  /** How many entries were found whole before the first broken one. */
  readonly checked: number;
  readonly firstError?: { readonly seq: number; readonly what: string };
  /** The result in plain words. */
  readonly text: string;
}

/** Feed entries in order of `seq`, then ask `finish`. Constant memory. */
export interface LedgerVerifier {
  /** False once something is broken; later entries are then ignored. */
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
 * It finds any change, insertion, removal or reordering of entries. It cannot find a chain that was rewritten as a whole
 * together with its head, nor entries cut off together with their head: only a checkpoint kept elsewhere can.
 */
export function createVerifier(options: VerifierOptions): LedgerVerifier {
  let last = options.from ?? GENESIS_HEAD;
  let checked = 0;
  let firstError: VerifyResult['firstError'];
  return {
    add(entry) {
      if (firstError !== undefined) return false;
      const what = findFault(options.workspaceId, last, entry);
      if (what !== undefined) {
        firstError = { seq: last.seq + 1, what };
        return false;
      }
      last = { seq: entry.seq, hash: entry.hash };
      checked += 1;
      return true;
    },
    finish(head) {
      firstError ??= head === undefined ? undefined : headFault(last, head);
      return resultOf(checked, last, firstError);
    },
  };
}

function headFault(last: LedgerHead, head: LedgerHead): VerifyResult['firstError'] {
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

function resultOf(
  checked: number,
  last: LedgerHead,
  firstError: VerifyResult['firstError'],
): VerifyResult {
  const entries = checked === 1 ? '1 entry' : `${checked} entries`;
  if (firstError === undefined) {
    const text =
      checked === 0
        ? 'The ledger is empty.'
        : `${entries} checked, up to ${last.seq}: the chain is whole.`;
    return { ok: true, checked, text };
  }
  const text = `The chain is broken at entry ${firstError.seq}. ${firstError.what} ${entries} before it checked.`;
  return { ok: false, checked, firstError, text };
}
