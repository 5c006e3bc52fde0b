/** That `verifyPermit` accepts and refuses what docs/permits.md says of its test vectors, each for the reason it names. */
import { describe, expect, it } from 'vitest';
import { permitVectors, type VectorAction } from '@/lib/http/testing/permit-vectors';
import { verifyPermit, type PermitExpectation } from './index.js';

const { key, issuer, at, accepted, rejected } = permitVectors();

/** The code for each step of the document that refuses. */
const CODES: Readonly<Record<string, string>> = {
  algorithm: 'permit_invalid',
  type: 'permit_invalid',
  signature: 'permit_invalid',
  issuer: 'permit_invalid',
  expired: 'permit_expired',
  subject: 'permit_of_another',
  digest: 'action_differs',
};

const expected = (action: VectorAction): PermitExpectation => ({
  jwks: { keys: [key] },
  issuer,
  action: { name: action.tool, properties: { arguments: action.arguments } },
  resource: action.resource as PermitExpectation['resource'],
  agent: action.agent,
  session: action.session,
  policyVersion: action.policyVersion,
  clockSkewSeconds: 0,
  now: at * 1000,
});

describe('the vectors of docs/permits.md', () => {
  it.each(accepted)('accepted: $name', async ({ action, digest, token }) => {
    const permit = await verifyPermit(token, expected(action));
    expect(permit).toMatchObject({ agentId: action.agent, digest });
    expect(permit.expiresAt.getTime()).toBeGreaterThan(at * 1000);
  });

  it.each(rejected)('refused: $name ($why)', async ({ action, why, token }) => {
    await expect(verifyPermit(token, expected(action))).rejects.toMatchObject({
      name: 'Refused',
      code: CODES[why],
    });
  });

  it('have every reason that a permit can be refused for', () => {
    expect(new Set(rejected.map(({ why }) => why))).toEqual(new Set(Object.keys(CODES)));
  });
});
