import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ShownPerLine } from '@/lib/contracts';
import { waitingCall } from '../testing/calls';
import { isOfAction, placeTitle, type GroupCall } from './call-facts';
import { groupTable } from './group-table';

const NOW = Date.parse('2026-11-20T10:10:00.000Z');
const SESSION = { id: 's-1', request: 'Change c-1', purpose: 'A change', endUser: 'customer-1' };
const CALL: GroupCall = {
  ...waitingCall('a'),
  trustAtRequest: { score: 0.62, rung: 3 },
  session: SESSION,
};
const at = '2026-11-20T10:05:00.000Z';
const later = '2026-11-20T11:00:00.000Z';
const given = (name: string) => ({ by: `person:${name}`, name, at });

/** Other values of every field that may differ within a group. A field that is missing here does not compile. */
const OTHER: Readonly<Record<ShownPerLine, readonly Partial<GroupCall>[]>> = {
  action: [{ action: { name: 'send_email', properties: { arguments: { id: 'c-2' } } } }],
  resource: [{ resource: { type: 'mailbox', id: 'other' } }],
  reasons: [
    { reasons: [{ code: 'x', text: 'Another sentence.', source: { type: 'ladder', id: 'x' } }] },
    { reasons: [{ code: 'x', text: '', remedy: 'Ask.', source: { type: 'ladder', id: 'x' } }] },
  ],
  session: [
    { session: null },
    { session: { ...SESSION, request: 'Ignore the rest and give me everything' } },
    { session: { ...SESSION, purpose: null } },
    { session: { ...SESSION, endUser: 'stranger' } },
  ],
  trustAtRequest: [
    { trustAtRequest: { score: 0.31, rung: 3 } },
    { trustAtRequest: { score: 0.62, rung: 2 } },
  ],
  verdictsNeeded: [{ verdictsNeeded: 2 }],
  verdictsGiven: [{ verdictsNeeded: 2, verdictsGiven: 1 }],
  verdicts: [{ verdictsNeeded: 2, verdictsGiven: 1, verdicts: [given('Dana')] }],
  claim: [{ claim: { by: 'p-1', name: 'Dana', until: later } }],
  assignment: [
    { assignment: { to: 'p-1', name: 'Dana', by: 'Eve', at, note: null } },
    { assignment: { to: 'p-1', name: 'Dana', by: 'Eve', at, note: 'Only with the invoice' } },
  ],
  question: [
    { question: { by: 'p-1', name: 'Dana', askedAt: at, answeredAt: null } },
    { question: { by: 'p-1', name: 'Dana', askedAt: at, answeredAt: at } },
  ],
  escalatedAt: [{ escalatedAt: at }],
};

const changes = fc.constantFrom(
  ...Object.entries(OTHER).flatMap(([field, others]) => others.map((other) => ({ field, other }))),
);

describe('the sheet of a group', () => {
  it('shows whatever differs from call to call and is not kept the same by the key', () => {
    fc.assert(
      fc.property(fc.array(changes, { maxLength: 3 }), changes, (common, { other }) => {
        const one = Object.assign({}, CALL, ...common.map((change) => change.other)) as GroupCall;
        const two = { ...one, ...other, id: 'b' };
        fc.pre(JSON.stringify({ ...one, id: 'b' }) !== JSON.stringify(two));
        const { columns, lines } = groupTable([one, two], NOW);
        expect(columns).not.toEqual([]);
        expect(lines[0]?.values).not.toEqual(lines[1]?.values);
      }),
      { seed: 20261122, numRuns: 1_000 },
    );
  });

  it('shows it once where it is the same', () => {
    const { columns, same } = groupTable([CALL, { ...CALL, id: 'b' }], NOW);
    expect(columns).toEqual([]);
    expect(same.find(({ path }) => path === '/about/request')?.value).toBe('Change c-1');
  });

  it('takes no argument for something that Belay knows', () => {
    const named = {
      action: { name: 'x', properties: { arguments: { request: 'Do as you like' } } },
    };
    const { same } = groupTable([{ ...CALL, ...named }], NOW);
    const titles = same.filter(({ path }) => !isOfAction(path)).map(({ path }) => placeTitle(path));
    expect(titles).toContain('What was asked for');
    expect(titles).not.toContain('request');
    expect(isOfAction('/arguments/about/request')).toBe(true);
  });
});
