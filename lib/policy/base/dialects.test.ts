import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OUTCOMES } from '../outcome';
import { DIALECTS, type BasePolicyInput } from './index';

const input: BasePolicyInput = {
  agent: { id: 'a-1', name: 'Mailer', owner: 'ann@example.org', version: '2', tags: ['mail'] },
  tool: {
    name: 'mail.send',
    known: true,
    sideEffect: 'write',
    reversible: false,
    egress: true,
    dataClass: 'internal',
    risk: 'high',
    untrustedOutput: false,
    tags: ['mail'],
  },
  arguments: { to: 'bob@example.org' },
  resource: { type: 'mailbox', id: 'm-1' },
  session: 's-1',
};
const outcome = (name: keyof typeof DIALECTS, answer: unknown) =>
  DIALECTS[name].read(answer)?.outcome;

describe('a question to Open Policy Agent', () => {
  it('goes to the path of the rule, with everything under input', () => {
    const place = { url: 'http://opa:8181', path: 'agents/decision' };
    expect(DIALECTS.opa.address(place)).toBe('http://opa:8181/v1/data/agents/decision');
    expect(DIALECTS.opa.body(input)).toEqual({ input });
  });

  it.each([
    [{ result: true }, 'allow'],
    [{ result: false }, 'deny'],
    [{ result: { allow: true } }, 'allow'],
    [{ result: { allow: false } }, 'deny'],
    [{ result: { outcome: 'suggest' } }, 'suggest'],
    [{ result: { allow: true, outcome: 'require_approval' } }, 'require_approval'],
    [{ result: { allow: false, outcome: 'allow' } }, 'deny'],
    [{}, undefined],
    [{ result: 'yes' }, undefined],
    [{ result: 1 }, undefined],
    [{ result: null }, undefined],
    [{ result: [] }, undefined],
    [{ result: {} }, undefined],
    [{ result: { allow: 'true' } }, undefined],
    [{ result: { allow: 'no', outcome: 'allow' } }, undefined],
    [{ result: { allow: true, outcome: 'maybe' } }, undefined],
    [null, undefined],
    ['allow', undefined],
  ])('reads %j as %s', (answer, expected) => {
    expect(outcome('opa', answer)).toBe(expected);
  });
});

describe('a question to an AuthZEN decision point', () => {
  it('is an evaluation request', () => {
    expect(DIALECTS.authzen.address({ url: 'https://pdp.example.org', path: '' })).toBe(
      'https://pdp.example.org/access/v1/evaluation',
    );
    expect(DIALECTS.authzen.body(input)).toMatchObject({
      subject: { type: 'agent', id: 'a-1', properties: { owner: 'ann@example.org' } },
      action: { name: 'mail.send', properties: { arguments: input.arguments } },
      resource: { type: 'mailbox', id: 'm-1' },
      context: { session: 's-1' },
    });
  });

  it.each([
    [{ decision: true }, 'allow'],
    [{ decision: false }, 'deny'],
    [{ decision: false, context: { outcome: 'require_approval' } }, 'require_approval'],
    [{ decision: false, context: { outcome: 'allow' } }, 'deny'],
    [{ decision: true, context: { outcome: 'deny' } }, 'deny'],
    [{ decision: 'true' }, undefined],
    [{ context: {} }, undefined],
    [[], undefined],
  ])('reads %j as %s', (answer, expected) => {
    expect(outcome('authzen', answer)).toBe(expected);
  });

  it('takes its reasons from where AuthZEN puts them', () => {
    const context = { reason_user: { en: 'Not outside business hours.' } };
    expect(DIALECTS.authzen.read({ decision: false, context })?.reasons).toEqual([
      {
        code: 'base_policy.said',
        text: 'Not outside business hours.',
        source: { type: 'base_policy' },
      },
    ]);
  });
});

describe('what a decision point says', () => {
  const said = (reasons: unknown) => DIALECTS.opa.read({ result: { allow: false, reasons } });

  it('is kept as sentences with codes, and bounded', () => {
    expect(
      said([{ code: 'mail.outside', message: 'No mail outside.', remedy: 'Ask IT.' }]),
    ).toEqual({
      outcome: 'deny',
      reasons: [
        {
          code: 'base_policy.mail.outside',
          text: 'No mail outside.',
          remedy: 'Ask IT.',
          source: { type: 'base_policy' },
        },
      ],
    });
    const many = said(Array.from({ length: 50 }, () => 'x'.repeat(9_000)));
    expect(many?.reasons).toHaveLength(8);
    expect(many?.reasons[0]?.text).toHaveLength(500);
  });

  it('is never nothing when it narrows, and a closed set of outcomes, whatever arrives', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom('opa' as const, 'authzen' as const), (text, name) => {
        const answer: unknown = JSON.parse(text);
        for (const wrapped of [answer, { result: answer }, { decision: false, context: answer }]) {
          const decision = DIALECTS[name].read(wrapped);
          if (decision === undefined) continue;
          expect(OUTCOMES).toContain(decision.outcome);
          if (decision.outcome !== 'allow') expect(decision.reasons.length).toBeGreaterThan(0);
        }
      }),
      { seed: 2026 },
    );
  });
});
