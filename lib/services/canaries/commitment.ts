/** What is sealed of a canary, and how it is opened. Pure but for the random numbers its caller brings. */
import type { CanaryTemplate } from '@/lib/contracts';
import { canonicalText, sha256Hex } from '@/lib/ledger';

export interface Sealed {
  readonly id: string;
  readonly template: CanaryTemplate;
  /** Milliseconds since the epoch. */
  readonly dueAt: number;
  /** 32 random bytes in hex, so that nobody finds the template by trying all of them. */
  readonly nonce: string;
}

const templateDigest = (template: CanaryTemplate): string => sha256Hex(canonicalText(template));

/** What the ledger holds before a canary is placed: SHA-256 over the canonical JSON of id, template, time and nonce. */
export function commitmentOf({ id, template, dueAt, nonce }: Sealed): string {
  return sha256Hex(canonicalText({ id, template: templateDigest(template), dueAt, nonce }));
}

/** Everything that somebody needs to compute the commitment again. */
export function openingOf(sealed: Sealed): Record<string, unknown> {
  const { id, template, dueAt, nonce } = sealed;
  return {
    canary: id,
    template: templateDigest(template),
    dueAt,
    nonce,
    commitment: commitmentOf(sealed),
  };
}
