/**
 * Which decisions people are shown and counted: all that agents asked for, and a made-up one for as long as it waits, since it would
 * be known by being missing (docs/decisions/0049-canaries.md).
 */
export const LISTED = (decision: string): string =>
  `(NOT ${decision}.seeded OR ${decision}.state = 'pending')`;
