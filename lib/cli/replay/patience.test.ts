import { describe, expect, it } from 'vitest';
import { BelayError, noAnswer } from '@/lib/client/agent/belay-error';
import { Patience } from './patience';

const refusal = (status: number, code: string) => new BelayError(status, code, code);
const patience = (stop?: AbortSignal) => new Patience({ limitMs: 60_000, pauseMs: 1, stop });

/** Fails with each of these in turn, then answers how often it was asked. */
function server(...failures: readonly Error[]) {
  let asked = 0;
  return () => {
    const failure = failures[asked];
    asked += 1;
    return failure === undefined ? Promise.resolve(asked) : Promise.reject(failure);
  };
}

describe('a call to a server that is away', () => {
  it('is sent again until it is answered, and counts once as unanswered', async () => {
    const waiting = patience();
    const away = [noAnswer(), refusal(503, 'database_unavailable')];
    expect(await waiting.answer(server(...away))).toBe(3);
    expect(await waiting.answer(server())).toBe(1);
    expect(waiting.unanswered).toBe(1);
  });

  it('is not sent again when the failure is an answer', async () => {
    const waiting = patience();
    for (const answer of [refusal(404, 'not_found'), refusal(500, 'internal_error'), new Error()])
      await expect(waiting.answer(server(answer))).rejects.toBe(answer);
    expect(waiting.unanswered).toBe(0);
  });

  it('fails when the limit is over, or somebody ends the replay', async () => {
    const impatient = new Patience({ limitMs: 0 });
    await expect(impatient.answer(server(noAnswer()))).rejects.toMatchObject({ code: 'no_answer' });
    const ended = patience(AbortSignal.abort());
    await expect(ended.answer(server(noAnswer()))).rejects.toMatchObject({ code: 'no_answer' });
  });
});

describe('a call that can happen only once', () => {
  const spent = refusal(409, 'already_redeemed');
  const isSpent = ({ code }: BelayError) => code === 'already_redeemed';

  it('has happened when its answer was lost and the next try is told so', async () => {
    await expect(patience().once(server(noAnswer(), spent), isSpent)).resolves.toBeUndefined();
  });

  it('has not happened when already the first try is told so: it was somebody else', async () => {
    await expect(patience().once(server(spent), isSpent)).rejects.toBe(spent);
  });

  it('has not happened when the next try is refused for another reason', async () => {
    const stopped = refusal(409, 'stopped');
    await expect(patience().once(server(noAnswer(), stopped), isSpent)).rejects.toBe(stopped);
  });
});
