import type { Protocol } from './room';

/**
 * How old evidence may be when it comes, in days, by protocol. For as long it counts once for its source and id: after that its age
 * refuses it, so nothing has to be remembered of it. What comes in masses, and is sent again within hours if at all, may be younger.
 */
export const MAX_AGE_DAYS: Readonly<Record<Protocol, number>> = {
  cloudevents: 365,
  otlp: 30,
  opa: 30,
  ci: 365,
  caep: 365,
};

const DAY_MS = 86_400_000;

/** Until when an item has to be known as taken. @param at when it was, in milliseconds since the epoch */
export const knownUntil = (protocol: Protocol, at: number): Date =>
  // A day more, for clocks of several servers that differ.
  new Date(at + (MAX_AGE_DAYS[protocol] + 1) * DAY_MS);
