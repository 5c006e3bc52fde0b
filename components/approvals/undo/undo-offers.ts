import { counted } from '@/lib/client/language';
import type { Approval, ApprovalDetail, BulkVerdict } from '@/lib/contracts';

/** A verdict just given here that can still be taken back: on one call, or on several at once. */
export interface UndoOffer {
  readonly ids: readonly string[];
  readonly outcome: 'approved' | 'edited' | 'rejected';
  readonly tool: string;
  readonly resource: string;
  /** By the clock of this browser, in milliseconds. */
  readonly until: number;
}

/** An offer counts as over a little early, so that nobody presses a key that the server refuses. */
const MARGIN_MS = 400;

/**
 * What can be undone of an approval as the server has just answered it, or null. The server's own times give the length of the
 * window, so that a browser whose clock is wrong shows the right number of seconds.
 *
 * @param now milliseconds by the clock of this browser
 * @param elapsed milliseconds since the verdict was sent, when its answer was lost and this was read later
 */
export function offerOf(
  { id, action, resource, verdict }: ApprovalDetail,
  now: number,
  elapsed = 0,
): UndoOffer | null {
  if (verdict?.undoUntil === undefined) return null;
  const window = Date.parse(verdict.undoUntil) - Date.parse(verdict.at);
  return {
    ids: [id],
    outcome: verdict.edit === undefined ? verdict.outcome : 'edited',
    tool: action.name,
    resource: resource.id,
    until: now + window - elapsed - MARGIN_MS,
  };
}

/**
 * What can be undone of several verdicts given at once, or null. They were given one after the other: the offer is over with the
 * first of them.
 *
 * @param now milliseconds by the clock of this browser
 */
export function groupOfferOf(
  calls: readonly Approval[],
  { at, results }: BulkVerdict,
  now: number,
): UndoOffer | null {
  const undoable = results.flatMap(({ id, outcome, undoUntil }) =>
    undoUntil === undefined ? [] : [{ id, outcome, until: Date.parse(undoUntil) }],
  );
  const [first] = undoable;
  const [call] = calls;
  if (first === undefined || call === undefined) return null;
  const left = Math.min(...undoable.map(({ until }) => until)) - Date.parse(at);
  return {
    ids: undoable.map(({ id }) => id),
    outcome: first.outcome === 'rejected' ? 'rejected' : 'approved',
    tool: call.action.name,
    resource: counted(undoable.length, '{count} call', '{count} calls'),
    until: now + left - MARGIN_MS,
  };
}

/** What can be taken back, the newest last, and what could until just now. */
export interface Offers {
  readonly live: readonly UndoOffer[];
  readonly ended: EndedOffer | null;
}
/** A verdict that counts now. */
export interface EndedOffer {
  readonly offer: UndoOffer;
  /** The agent has acted on it, which is why it counts before its time. */
  readonly used: boolean;
}
export const NO_OFFERS: Offers = { live: [], ended: null };

/** With a verdict just given, which is the newest; what was said of an earlier one has been said. */
export function withOffer({ live }: Offers, made: UndoOffer): Offers {
  const again = new Set(made.ids);
  return {
    live: [...live.filter(({ ids }) => !ids.some((id) => again.has(id))), made],
    ended: null,
  };
}

/** Without those that are over at `now`, in milliseconds. */
export function withTimePassed(offers: Offers, now: number): Offers {
  const over = offers.live.findLast(({ until }) => until <= now);
  if (over === undefined) return offers;
  return {
    live: offers.live.filter(({ until }) => until > now),
    ended: { offer: over, used: false },
  };
}

/**
 * After the server said how some approvals stand. A verdict that counts before its time was acted on: nothing is offered that would
 * be refused. One that still waits was read before the verdict and says nothing.
 */
export function withHeard(
  offers: Offers,
  heard: readonly Pick<Approval, 'id' | 'verdict'>[],
): Offers {
  const counting = new Set(
    heard.flatMap(({ id, verdict }) =>
      verdict === null || verdict.undoUntil !== undefined ? [] : [id],
    ),
  );
  if (!offers.live.some(({ ids }) => ids.some((id) => counting.has(id)))) return offers;
  const left = offers.live.map((offer) => ({
    ...offer,
    ids: offer.ids.filter((id) => !counting.has(id)),
  }));
  const over = offers.live.findLast((_, index) => left[index]?.ids.length === 0);
  return {
    live: left.filter(({ ids }) => ids.length > 0),
    ended: over === undefined ? offers.ended : { offer: over, used: over.outcome !== 'rejected' },
  };
}

/** Whole seconds left, never 0 while there is time. @param now to the second, as the clock of the page ticks */
export const secondsLeft = ({ until }: Pick<UndoOffer, 'until'>, now: number): number =>
  Math.max(1, Math.floor((until - now) / 1_000));
