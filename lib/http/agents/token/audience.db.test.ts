/** A token that was asked for one address of Belay is good there and nowhere else. */
import { decodeJwt } from 'jose';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { changeEnvironment } from '@/lib/env';
import { codeOf, makeRelay } from '@/lib/http/testing/relay';
import { ORIGIN, type SigningAgent } from '@/lib/http/testing/signing-agents';

const PLANE = 'http://localhost:3900';
let planner: SigningAgent;
let writer: SigningAgent;
let clerk: SigningAgent;

beforeAll(async () => {
  ({ planner, writer, clerk } = await makeRelay());
});
/** From now on this process answers as the console, or as a plane. */
const serve = (as: 'console' | 'plane') =>
  changeEnvironment({ BELAY_PLANE_URL: PLANE, BELAY_IS_PLANE: as === 'plane' ? '1' : '0' });
beforeEach(() => serve('console'));
afterEach(() => changeEnvironment({ BELAY_PLANE_URL: '', BELAY_IS_PLANE: '' }));

describe('a token for the plane alone', () => {
  it('is taken by the plane, and not by the console', async () => {
    const token = await writer.actFor(await clerk.token(), { audience: PLANE });
    expect(decodeJwt(token).aud).toBe(PLANE);
    expect(await writer.may(token, 'note.read')).toBe('wrong_audience');
    serve('plane');
    expect(await writer.may(token, 'note.read')).toBe('allow');
  });

  it('cannot be exchanged for one that is good at more addresses', async () => {
    const bound = await writer.actFor(await clerk.token(), { audience: PLANE });
    expect(await codeOf(planner.exchange(bound, { audience: ORIGIN }))).toBe(
      '400 invalid_target audience_too_wide',
    );
    expect(decodeJwt(await planner.actFor(bound)).aud).toBe(PLANE);
    expect(decodeJwt(await planner.actFor(bound, { audience: PLANE })).aud).toBe(PLANE);
  });
});

it('a token for Belay as a whole is good at both', async () => {
  const token = await writer.actFor(await clerk.token());
  expect(await writer.may(token, 'note.read')).toBe('allow');
  serve('plane');
  expect(await writer.may(await writer.actFor(await clerk.token()), 'note.read')).toBe('allow');
});
