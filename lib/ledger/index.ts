/**
 * The ledger's form: canonical bytes (RFC 8785), the hash chain, its verification, and redaction before hashing.
 *
 * Nothing here stores anything. `nextEntry` makes the entry after a head, `entryParts` what of it does not depend on the head, `createVerifier` checks a stored chain entry by
 * entry, `actionDigest` names one exact action, `redact` takes secrets out before they reach an entry. Pure.
 */
export { NotCanonical, canonicalBytes, canonicalText } from './canonical';
export { actionDigest, sha256Hex } from './digest';
export type { ActionFacts } from './digest';
export {
  ENTRY_JOINT,
  entryParts,
  GENESIS_HASH,
  GENESIS_HEAD,
  LEDGER_DOMAIN,
  LEDGER_SCHEMA_VERSION,
  nextEntry,
} from './entry';
export type { EntryParts, LedgerEntry, LedgerFact, LedgerHead } from './entry';
export { Differences, MOST_DIFFERENCES } from './differences';
export { createVerifier } from './verify';
export type { Difference, LedgerVerifier, VerifierOptions, VerifyResult } from './verify';
export { redact } from './redact';
export type { Redacted } from './redact';
