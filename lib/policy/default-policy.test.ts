import { describe, expect, it } from 'vitest';
import { DEFAULT_POLICY_TEXT, compilePolicies, decidePolicy } from './index';
import type { Outcome, PolicyTrust } from './index';
import { callWith, type CallOptions } from './test-inputs';

const ladder = compilePolicies(DEFAULT_POLICY_TEXT);
const decide = (options: CallOptions) => decidePolicy(ladder, callWith(options));
const RUNGS = [1, 2, 3, 4, 5] as const satisfies PolicyTrust['rung'][];

/** One column a rung, 1 to 5: (a)llow, require (A)pproval, (s)uggest, (d)eny. */
const LETTERS: Record<string, Outcome> = {
  a: 'allow',
  A: 'require_approval',
  s: 'suggest',
  d: 'deny',
};

const read = { sideEffect: 'none' } as const;
const table: readonly [string, CallOptions, string][] = [
  ['a public read', { tool: { ...read, dataClass: 'public' } }, 'aaaaa'],
  ['an internal read', { tool: { ...read, dataClass: 'internal' } }, 'aaaaa'],
  ['a confidential read', { tool: { ...read, dataClass: 'confidential' } }, 'AAaaa'],
  ['a restricted read', { tool: { ...read, dataClass: 'restricted' } }, 'dAaaa'],
  ['an internal tool on restricted data', { tool: read, dataClass: 'restricted' }, 'dAaaa'],
  [
    'a restricted tool on public data',
    { tool: { ...read, dataClass: 'restricted' }, dataClass: 'public' },
    'dAaaa',
  ],
  ['a read that reaches outside', { tool: { ...read, egress: true } }, 'AAaaa'],
  ['a side effect of low risk', { tool: { risk: 'low' } }, 'dsAaa'],
  ['a side effect of medium risk', { tool: { risk: 'medium' } }, 'dsAaa'],
  ['a side effect of high risk', { tool: { risk: 'high' } }, 'dssAa'],
  ['a side effect of critical risk', { tool: { risk: 'critical' } }, 'dssAA'],
  [
    'a tool nobody knows',
    {
      tool: {
        known: false,
        reversible: false,
        egress: true,
        dataClass: 'confidential',
        risk: 'high',
      },
    },
    'dssAa',
  ],
  [
    'a side effect with an argument from outside',
    { provenance: { thirdPartyOnly: true } },
    'dsAAA',
  ],
  [
    'an outward read with an argument from outside',
    { tool: { ...read, egress: true }, provenance: { thirdPartyOnly: true } },
    'AAAAA',
  ],
  [
    'an inward read with an argument from outside',
    { tool: read, provenance: { thirdPartyOnly: true } },
    'aaaaa',
  ],
  ['a side effect under suspicion', { provenance: { suspected: true } }, 'dsAAA'],
  ['a side effect under injection', { provenance: { injection: true } }, 'ddddd'],
  [
    'a sensitive read under injection',
    { tool: { ...read, dataClass: 'confidential' }, provenance: { injection: true } },
    'ddddd',
  ],
  ['a harmless read under injection', { tool: read, provenance: { injection: true } }, 'aaaaa'],
  [
    'sending confidential data away for good',
    { tool: { egress: true, reversible: false, dataClass: 'confidential' } },
    'dsAAa',
  ],
  ['sending internal data away for good', { tool: { egress: true, reversible: false } }, 'dsAaa'],
];

describe('the default ladder', () => {
  it.each(table)('decides %s on every rung', (_name, options, expected) => {
    const outcomes = RUNGS.map((rung) => decide({ ...options, rung }).outcome);
    expect(outcomes).toEqual([...expected].map((letter) => LETTERS[letter]));
  });

  it('gives every decision a reason that names a rule, and every refusal a way out', () => {
    for (const [, options] of table) {
      for (const rung of RUNGS) {
        const { outcome, reasons, errors } = decide({ ...options, rung });
        expect(errors).toEqual([]);
        expect(reasons.length).toBeGreaterThan(0);
        expect(reasons[0]?.source?.id).toBeDefined();
        expect(reasons[0]?.text).toMatch(/^[A-Z].*\.$/);
        if (outcome !== 'allow') expect(reasons[0]?.remedy).toMatch(/^[A-Z].*\.$/);
      }
    }
  });

  it('stops side effects and sensitive reads at 0.40 and lets harmless reads go on', () => {
    const fallen = { rung: 2, score: 0.4 } as const;
    expect(decide({ ...fallen }).outcome).toBe('suggest');
    for (const dataClass of ['confidential', 'restricted'] as const) {
      expect(decide({ ...fallen, tool: { ...read, dataClass } }).outcome).toBe('require_approval');
    }
    expect(decide({ ...fallen, tool: read }).outcome).toBe('allow');
  });

  it('says which guardrail stands in the way, and not which rule would have allowed it', () => {
    const { reasons, ruleIds } = decide({ provenance: { thirdPartyOnly: true } });
    expect(ruleIds).toEqual(['guardrail-third-party-argument']);
    expect(reasons[0]?.code).toBe('guardrail.third_party_argument');
  });

  it('mentions a guardrail beside the rung that decided', () => {
    const { reasons } = decide({ rung: 2, provenance: { thirdPartyOnly: true } });
    expect(reasons.map(({ code }) => code)).toEqual([
      'ladder.rung_2_suggests',
      'guardrail.third_party_argument',
    ]);
  });
});
