import type { Role } from './types';

/**
 * Which values from outside need a person, from the freest to the strictest:
 *
 * | caution      | a person is asked about                                                                      |
 * |--------------|----------------------------------------------------------------------------------------------|
 * | `orders`     | only what stands in an order                                                                  |
 * | `targets`    | targets of side effects, too                                                                  |
 * | `balanced`   | details, too, of what leaves or cannot be undone; not what the request points to: the default |
 * | `details`    | targets and details of everything, wherever they stand                                        |
 * | `everything` | content, too                                                                                  |
 */
export type Caution = 'orders' | 'targets' | 'balanced' | 'details' | 'everything';

export interface Sensitivity {
  readonly caution: Caution;
  /** In [0.5, 1]: how much a passage must look like orders to the agent before anything is recognised by it. */
  readonly recognisedScore: number;
}

/** Chosen on recorded sessions, each choice measured on sessions it had not seen: `docs/trust/results.md`. */
export const DEFAULT_SENSITIVITY: Sensitivity = { caution: 'balanced', recognisedScore: 0.7 };

/** What a call can do, as far as it matters here. */
export type Reach = 'read' | 'mild' | 'grave';

interface Deciding {
  /** Roles that decide what a call of a reach does. */
  readonly roles: Readonly<Record<Reach, readonly Role[]>>;
  /** A value in a document the request points to counts like any other. */
  readonly pointedTo: boolean;
  /** A read decides by a target that stands somewhere as it is, not only by one that was put together. */
  readonly wholeTargets: boolean;
}

const ALL: readonly Role[] = ['target', 'detail', 'content'];
const SHORT: readonly Role[] = ['target', 'detail'];
const TARGET: readonly Role[] = ['target'];
const NO_ROLE: readonly Role[] = [];

export const DECIDING: Readonly<Record<Caution, Deciding>> = {
  orders: {
    roles: { read: NO_ROLE, mild: NO_ROLE, grave: NO_ROLE },
    pointedTo: false,
    wholeTargets: false,
  },
  targets: {
    roles: { read: TARGET, mild: TARGET, grave: TARGET },
    pointedTo: false,
    wholeTargets: false,
  },
  balanced: {
    roles: { read: TARGET, mild: TARGET, grave: SHORT },
    pointedTo: false,
    wholeTargets: false,
  },
  details: {
    roles: { read: TARGET, mild: SHORT, grave: SHORT },
    pointedTo: true,
    wholeTargets: true,
  },
  everything: { roles: { read: ALL, mild: ALL, grave: ALL }, pointedTo: true, wholeTargets: true },
};
