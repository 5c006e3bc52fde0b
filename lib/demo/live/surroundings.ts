/** What surrounds the live fleet: checks by other systems, and the people who look after incidents. */
import { checkEvents, dailyEvents, sendEvidence } from '../evidence';
import type { Checked } from '../checked';
import {
  liftRestrictions,
  raiseHysteresis,
  releaseStops,
  tendIncidents,
} from '../history/operations';
import { DAY_MS, isWeekend } from '../timeline';
import type { World } from '../world';

/** UTC. */
const EVIDENCE_HOUR = 12;

export class Surroundings {
  #checks: Checked[] = [];

  constructor(
    private readonly world: World,
    /** Midnight of the first day of the history. */
    private readonly start: number,
  ) {}

  note(check: Checked): void {
    this.#checks.push(check);
  }

  /** Hands in what was collected; evidence of the day counts once, however often it is sent. @param now milliseconds since the epoch */
  async round(now: number): Promise<void> {
    const checks = this.#checks;
    this.#checks = [];
    const day = Math.floor((now - this.start) / DAY_MS);
    const due = !isWeekend(now) && new Date(now).getUTCHours() >= EVIDENCE_HOUR;
    const events = [
      ...checkEvents(this.world, checks),
      ...(due ? dailyEvents(this.world, day) : []),
    ];
    await sendEvidence(this.world, events, now);
    await releaseStops(this.world, now);
    await tendIncidents(this.world, now);
    await liftRestrictions(this.world, now);
    await raiseHysteresis(this.world, day, now);
  }
}
