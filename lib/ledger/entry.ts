import { sha256Hex } from './digest';
import { canonicalText } from './canonical';

export const LEDGER_DOMAIN = 'belay.ledger.v1';
export const LEDGER_SCHEMA_VERSION = 1;

/** The previous hash of the first entry. */
export const GENESIS_HASH = '0'.repeat(64);

/** The end of a chain: the sequence number and hash of its last entry. An empty chain has `GENESIS_HEAD`. */
export interface LedgerHead {
  readonly seq: number;
  readonly hash: string;
}

export const GENESIS_HEAD: LedgerHead = { seq: 0, hash: GENESIS_HASH };

/** What is to be recorded. `at` is in milliseconds since the epoch; `body` must already be redacted. */
export interface LedgerFact {
  readonly workspaceId: string;
  readonly kind: string;
  readonly at: number;
  /** Who did it, for example `agent:<id>`, `person:<id>`, `system`. */
  readonly actor: string;
  /** What it is about, for example `decision:<id>`. */
  readonly subject: string;
  readonly body: unknown;
}

/** An entry as it is stored: the exact bytes, their hash, and the searchable columns beside them. */
export interface LedgerEntry {
  readonly workspaceId: string;
  /** Starts at 1, without gaps. */
  readonly seq: number;
  /** 64 hexadecimal digits. */
  readonly prevHash: string;
  readonly hash: string;
  readonly bytes: Uint8Array;
  readonly kind: string;
  /** ISO 8601 in UTC with milliseconds. */
  readonly at: string;
  readonly actor: string;
  readonly subject: string;
}

/** What an entry says, around what only its place in the chain gives it: the hash before the joint, and its number behind it. */
export interface EntryParts {
  readonly before: string;
  readonly behind: string;
}

/** Between the hash of the entry before and an entry's own number, in all entries. */
export const ENTRY_JOINT = `","schemaVersion":${LEDGER_SCHEMA_VERSION},"seq":`;

/**
 * The canonical text of an entry without its place. Whoever knows the place puts both together: `before`, the hash of the entry before,
 * `ENTRY_JOINT`, the number, `behind`.
 *
 * @throws NotCanonical when the body has no canonical form
 */
export function entryParts({ at, ...fact }: LedgerFact): EntryParts {
  const { actor, body, kind, subject, workspaceId } = fact;
  const text = { actor, at: instantOf(at), body, domain: LEDGER_DOMAIN, kind };
  const open = canonicalText(text).slice(0, -1);
  return {
    before: `${open},"prevHash":"`,
    behind: `,${canonicalText({ subject, workspaceId }).slice(1)}`,
  };
}

/** The entry that follows `head`. @throws NotCanonical when the body has no canonical form */
export function nextEntry(head: LedgerHead, fact: LedgerFact): LedgerEntry {
  const { workspaceId, kind, actor, subject } = fact;
  const seq = head.seq + 1;
  const { before, behind } = entryParts(fact);
  const bytes = Buffer.from(`${before}${head.hash}${ENTRY_JOINT}${seq}${behind}`, 'utf8');
  return {
    workspaceId,
    seq,
    prevHash: head.hash,
    hash: sha256Hex(bytes),
    bytes,
    kind,
    at: instantOf(fact.at),
    actor,
    subject,
  };
}

const instantOf = (at: number): string => new Date(at).toISOString();
