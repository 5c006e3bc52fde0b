'use client';

import { useCallback, useEffect, useState } from 'react';
import type { Approval } from '@/lib/contracts';
import { NO_OFFERS, withHeard, withOffer, withTimePassed, type UndoOffer } from './undo-offers';

/** How long it is said that a verdict counts now, in milliseconds; the call itself goes on saying it. */
const SAID_MS = 6_000;

/** The verdicts that can still be taken back. They end by themselves, and as soon as an agent has acted on them. */
export function useOffers() {
  const [offers, setOffers] = useState(NO_OFFERS);
  const { live, ended } = offers;
  useEffect(() => {
    const next = Math.min(...live.map(({ until }) => until));
    if (!Number.isFinite(next)) return;
    const end = () => setOffers((before) => withTimePassed(before, Date.now()));
    const timer = setTimeout(end, Math.max(0, next - Date.now()) + 10);
    return () => clearTimeout(timer);
  }, [live]);
  useEffect(() => {
    if (ended === null) return;
    const forget = () =>
      setOffers((before) => (before.ended === ended ? { ...before, ended: null } : before));
    const timer = setTimeout(forget, SAID_MS);
    return () => clearTimeout(timer);
  }, [ended]);
  return {
    live,
    ended,
    add: useCallback((made: UndoOffer) => setOffers((before) => withOffer(before, made)), []),
    /** Hears how approvals stand, as the queue does. */
    hear: useCallback(
      (approvals: readonly Approval[]) => setOffers((before) => withHeard(before, approvals)),
      [],
    ),
    /** With what is left of it, in its place; with nothing when it is over. */
    replace: useCallback(
      (gone: UndoOffer, left: UndoOffer | null) =>
        setOffers((before) => ({
          ...before,
          live: before.live.flatMap((one) => (one === gone ? (left ?? []) : one)),
        })),
      [],
    ),
  };
}
