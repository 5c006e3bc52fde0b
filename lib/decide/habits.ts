/** What an agent usually does and when, learned from its own calls, and what is unusual about the next one. Pure. */
import type { DataClass } from '@/lib/contracts';
import { sha256Hex } from '@/lib/ledger';
import type { Reason } from '@/lib/policy';
import {
  NO_SEQUENCE,
  NO_WEEK_HOURS,
  stepSequence,
  stepWeekHours,
  type Baselines,
  type CallClass,
  type Sequence,
  type UnfamiliarHour,
  type UnlikelyStep,
  type WeekHours,
} from '@/lib/trust';
import type { ToolFacts } from './facts';

export interface Habits {
  readonly sequence: Sequence;
  readonly weekHours: WeekHours;
}

export const NO_HABITS: Habits = { sequence: NO_SEQUENCE, weekHours: NO_WEEK_HOURS };

export interface HabitStep {
  /** Absent for a call outside of any session. */
  readonly sessionId: string | undefined;
  readonly call: CallClass;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

interface Unusual {
  readonly kind: string;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly reason: Reason;
}

/** Takes one call into account: the habits after it, and what is unusual about it. */
export function observeHabits(
  before: Habits,
  { sessionId, call, now }: HabitStep,
  baselines: Baselines,
): { readonly habits: Habits; readonly found: readonly Unusual[] } {
  const session = sessionId === undefined ? '' : shortened(sessionId);
  const order = stepSequence(before.sequence, { session, call, now }, baselines.sequence);
  const week = stepWeekHours(before.weekHours, now, baselines.weekHours);
  return {
    habits: { sequence: order.sequence, weekHours: week.weekHours },
    found: [
      ...(order.unlikely === null ? [] : [unlikely(order.unlikely)]),
      ...(week.unfamiliar === null ? [] : [unfamiliar(week.unfamiliar)]),
    ],
  };
}

/** An id may be long, and eight of them are kept with every agent. */
const shortened = (sessionId: string): string => sha256Hex(sessionId).slice(0, 8);

/** The class a call is of, as far as its order matters: what leaves first, then what cannot be undone. */
export function callClassOf(
  tool: Pick<ToolFacts, 'sideEffect' | 'reversible' | 'egress'>,
  dataClass: DataClass,
): CallClass {
  if (tool.egress) return 'egress';
  if (tool.sideEffect === 'write') return tool.reversible ? 'write' : 'irreversible_write';
  return dataClass === 'confidential' || dataClass === 'restricted' ? 'sensitive_read' : 'read';
}

const CALLS: Readonly<Record<CallClass, string>> = {
  read: 'a read',
  sensitive_read: 'a read of sensitive data',
  write: 'a change',
  irreversible_write: 'a change that cannot be undone',
  egress: 'a call that reaches outside',
};

function unlikely({ after, call, surprise, limit, seen, of }: UnlikelyStep): Unusual {
  const place = after === null ? 'At the beginning of a session' : `After ${CALLS[after]}`;
  return {
    kind: 'behavior.sequence_unlikely',
    detail: { after, call, surpriseBits: rounded(surprise), limitBits: rounded(limit), seen, of },
    reason: {
      code: 'baseline.sequence',
      text: `${place} the agent hardly ever makes ${CALLS[call]}: ${seen} of ${of} times.`,
      source: { type: 'layer', id: 'behavior' },
    },
  };
}

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

function unfamiliar({ day, hour, surprise, limit }: UnfamiliarHour): Unusual {
  return {
    kind: 'context.hour_unfamiliar',
    detail: { day, hour, surpriseBits: rounded(surprise), limitBits: rounded(limit) },
    reason: {
      code: 'baseline.hour',
      text: `The agent hardly ever works on ${DAYS[day] ?? 'this day'} between ${hour}:00 and ${hour + 1}:00 UTC.`,
      source: { type: 'layer', id: 'context' },
    },
  };
}

const rounded = (bits: number): number => Math.round(bits * 100) / 100;
