import { NotCanonical, canonicalText } from './canonical';
import { sha256Hex } from './digest';
import { LEDGER_DOMAIN, LEDGER_SCHEMA_VERSION, type LedgerEntry, type LedgerHead } from './entry';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const COLUMNS = ['kind', 'at', 'actor', 'subject'] as const;

/**
 * What is wrong where `entry` should follow `last`, each in one plain sentence: that entries between them are missing, and the first
 * thing that is wrong with the entry itself. None when it is whole.
 */
export function findFaults(
  workspaceId: string,
  last: LedgerHead,
  entry: LedgerEntry,
): readonly { readonly seq: number; readonly what: string }[] {
  const { seq } = entry;
  const expected = last.seq + 1;
  if (seq < expected)
    return [{ seq: expected, what: `Entry ${seq} comes again, or out of order.` }];
  const gap = seq > expected;
  const missing = `Entry ${expected} is missing: the next one found is ${seq}.`;
  // What a missing entry was hashed to is not known, so the one after it is taken at its word.
  const own =
    chainFault(gap ? entry.prevHash : last.hash, entry) ?? contentFault(workspaceId, entry);
  return [
    ...(gap ? [{ seq: expected, what: missing }] : []),
    ...(own === undefined ? [] : [{ seq, what: own }]),
  ];
}

function chainFault(lastHash: string, { seq, ...entry }: LedgerEntry): string | undefined {
  if (entry.prevHash !== lastHash) return `Entry ${seq} does not follow the entry before it.`;
  if (sha256Hex(entry.bytes) !== entry.hash) return `The bytes of entry ${seq} were changed.`;
  return undefined;
}

function contentFault(workspaceId: string, entry: LedgerEntry): string | undefined {
  const { seq } = entry;
  const content = parseCanonical(entry.bytes);
  if (content === undefined) return `The bytes of entry ${seq} are not in canonical form.`;
  if (content['domain'] !== LEDGER_DOMAIN || content['schemaVersion'] !== LEDGER_SCHEMA_VERSION) {
    return `The bytes of entry ${seq} are not a ledger entry of a known version.`;
  }
  if (content['workspaceId'] !== workspaceId || entry.workspaceId !== workspaceId) {
    return `Entry ${seq} belongs to another workspace.`;
  }
  if (content['seq'] !== seq || content['prevHash'] !== entry.prevHash) {
    return `The bytes of entry ${seq} name another place in the chain.`;
  }
  const column = COLUMNS.find((name) => content[name] !== entry[name]);
  return column === undefined
    ? undefined
    : `The searchable ${column} of entry ${seq} is not what its bytes say.`;
}

/** The content of the bytes, when they are exactly the canonical form of a JSON object. */
function parseCanonical(bytes: Uint8Array): Readonly<Record<string, unknown>> | undefined {
  try {
    const text = UTF8.decode(bytes);
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || canonicalText(value) !== text) {
      return undefined;
    }
    return { ...value };
  } catch (error) {
    if (isUnreadable(error)) return undefined;
    throw error;
  }
}

/** `TypeError`: not UTF-8; `SyntaxError`: not JSON; `NotCanonical`: JSON we would not have written. */
function isUnreadable(error: unknown): boolean {
  return (
    error instanceof TypeError || error instanceof SyntaxError || error instanceof NotCanonical
  );
}
