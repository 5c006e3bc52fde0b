/** What the wire shows of something outside that Belay asks. */
import type { OutsideHealth as HealthOnWire } from '@/lib/contracts';
import type { OutsideHealth } from '@/lib/decide';

type FailureCode = NonNullable<HealthOnWire['lastFailure']>['code'];

/** Why there was no answer, for people. */
export const FAILURE_SENTENCES: Readonly<Record<FailureCode | 'circuit_open', string>> = {
  timeout: 'It did not answer in time.',
  unreachable: 'It could not be reached, or answered that it is in trouble.',
  refused: 'It refused the question: look at its address, its token and its log.',
  unreadable: 'It answered something that cannot be understood.',
  no_token:
    'Its token cannot be opened with the secret of this installation: an admin enters it again.',
  circuit_open: 'It failed several times in a row and is left alone for a few seconds.',
};

/** @param health undefined when nobody is asked */
export function serializeHealth(version: number, health: OutsideHealth | undefined): HealthOnWire {
  const { circuit, retryAt, asked, failed, lastAnswerAt, lastFailure, latency } = health ?? NOBODY;
  return {
    version,
    status: health === undefined ? 'off' : statusOf(health),
    circuit,
    retryAt: instant(retryAt),
    asked,
    failed,
    lastAnswerAt: instant(lastAnswerAt),
    lastFailure:
      lastFailure === null
        ? null
        : {
            code: lastFailure.failure,
            text: FAILURE_SENTENCES[lastFailure.failure],
            at: new Date(lastFailure.at).toISOString(),
          },
    latency,
  };
}

const NOBODY: OutsideHealth = {
  circuit: 'closed',
  retryAt: null,
  asked: 0,
  failed: 0,
  lastAnswerAt: null,
  lastFailure: null,
  latency: null,
};

function statusOf({ circuit, lastAnswerAt, lastFailure }: OutsideHealth): HealthOnWire['status'] {
  if (circuit !== 'closed') return 'resting';
  if (lastFailure !== null && lastFailure.at >= (lastAnswerAt ?? 0)) return 'failing';
  return lastAnswerAt === null ? 'unasked' : 'working';
}

const instant = (at: number | null) => (at === null ? null : new Date(at).toISOString());
