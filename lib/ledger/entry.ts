import { sha256Hex } from './digest';
import { canonicalBytes } from './canonical';

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

/** The entry that follows `head`. @throws NotCanonical when the body has no canonical form */
export function nextEntry(head: LedgerHead, fact: LedgerFact): LedgerEntry {
  const seq = head.seq + 1;
  const at = new Date(fact.at).toISOString();
  const bytes = canonicalBytes({
    domain: LEDGER_DOMAIN,
    schemaVersion: LEDGER_SCHEMA_VERSION,
    workspaceId: fact.workspaceId,
    seq,
    prevHash: head.hash,
    kind: fact.kind,
    at,
    actor: fact.actor,
    subject: fact.subject,
    body: fact.body,
  });
  return {
    workspaceId: fact.workspaceId,
    seq,
    prevHash: head.hash,
    hash: sha256Hex(bytes),
    bytes,
    kind: fact.kind,
    at,
    actor: fact.actor,
    subject: fact.subject,
  };
}
