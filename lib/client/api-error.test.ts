import { describe, expect, it } from 'vitest';
import { answerOf, apiErrorOf } from './api-error';

/** A body that stops in the middle, as that of a server that was killed. */
const breakingOff = (status: number) =>
  new Response(
    new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"status":409,"co'));
        controller.error(new TypeError('terminated'));
      },
    }),
    { status },
  );

describe('an answer that breaks off', () => {
  it('is no answer, whatever its status said', async () => {
    expect(await apiErrorOf(breakingOff(409))).toMatchObject({ status: 0, code: 'no_answer' });
    await expect(answerOf(breakingOff(200))).rejects.toMatchObject({ code: 'no_answer' });
  });
});

describe('a refusal', () => {
  it('is read from its problem details', async () => {
    const problem = { status: 409, code: 'expired', title: 'Stale', detail: 'Too late.' };
    expect(await apiErrorOf(Response.json(problem, { status: 409 }))).toMatchObject({
      status: 409,
      code: 'expired',
      detail: 'Too late.',
    });
  });

  it('that is not ours keeps its status', async () => {
    const foreign = new Response('<html>', { status: 502, headers: { 'x-request-id': 'r-1' } });
    expect(await apiErrorOf(foreign)).toMatchObject({
      status: 502,
      code: 'http_502',
      requestId: 'r-1',
    });
  });
});
