import { describe, expect, it } from 'vitest';
import type { Pact } from '@/lib/contracts';
import { widens } from './pact-widening';

const tools = ['crm.read', 'crm.update'];
const pact = (clauses: Partial<Pact> = {}): Pact => ({ tools, ...clauses });
const budget = (maxActions: number, perSeconds: number, tool?: string) => ({
  maxActions,
  perSeconds,
  ...(tool === undefined ? {} : { tool }),
});
const accuracy = (atLeast: number) => ({
  name: 'Accurate',
  measure: 'accuracy',
  atLeast,
  overDays: 30,
});

type Change = [name: string, before: Partial<Pact>, after: Partial<Pact>];

const WIDER: Change[] = [
  ['a tool', {}, { tools: [...tools, 'mail.send'] }],
  ['any tool', {}, { tools: ['*'] }],
  ['any resource', { resources: ['customer/1'] }, {}],
  ['a resource', { resources: ['customer/1'] }, { resources: ['customer/1', 'customer/2'] }],
  ['a shorter prefix', { resources: ['customer/1*'] }, { resources: ['customer/*'] }],
  ['a prefix for a name', { resources: ['customer'] }, { resources: ['customer*'] }],
  ['a higher class of data', { dataClasses: ['internal'] }, { dataClasses: ['confidential'] }],
  ['any class of data', { dataClasses: ['confidential'] }, {}],
  ['a class instead of none', { dataClasses: [] }, { dataClasses: ['public'] }],
  ['data without a case', { caseFor: ['confidential'] }, {}],
  ['a longer chain', { delegationDepth: 0 }, {}],
  ['a chain longer than usual', {}, { delegationDepth: 2 }],
  ['any hour', { hours: { from: 8, to: 17 } }, {}],
  ['an hour more', { hours: { from: 8, to: 17 } }, { hours: { from: 8, to: 18 } }],
  ['the night', { hours: { from: 8, to: 17 } }, { hours: { from: 17, to: 8 } }],
  ['a day', { hours: { from: 8, to: 17, days: [1] } }, { hours: { from: 8, to: 17 } }],
  ['no budget', { budgets: [budget(10, 60)] }, {}],
  ['more actions', { budgets: [budget(10, 60)] }, { budgets: [budget(11, 60)] }],
  ['shorter windows', { budgets: [budget(10, 60)] }, { budgets: [budget(10, 30)] }],
  ['windows across each other', { budgets: [budget(10, 60)] }, { budgets: [budget(9, 90)] }],
  ['one tool alone', { budgets: [budget(10, 60)] }, { budgets: [budget(10, 60, 'crm.read')] }],
  [
    'another tool',
    { budgets: [budget(9, 60, 'crm.read')] },
    { budgets: [budget(9, 60, 'crm.update')] },
  ],
  ['a commitment less', { commitments: [accuracy(0.9)] }, {}],
  ['a looser one', { commitments: [accuracy(0.9)] }, { commitments: [accuracy(0.8)] }],
  [
    'more of one clause and less of another',
    { resources: ['a', 'b'] },
    { resources: ['a'], tools: ['*'] },
  ],
];

const NO_WIDER: Change[] = [
  [
    'the same',
    { resources: ['a*'], hours: { from: 22, to: 6 } },
    { resources: ['a*'], hours: { from: 22, to: 6 } },
  ],
  ['fewer tools', {}, { tools: ['crm.read'] }],
  ['no tool', { tools: ['*'] }, { tools: [] }],
  ['names instead of any', { tools: ['*'] }, {}],
  ['the same twice', {}, { tools: [...tools, ...tools] }],
  ['resources at all', {}, { resources: ['customer/*'] }],
  ['a longer prefix', { resources: ['customer/*'] }, { resources: ['customer/1*', 'customer/7'] }],
  ['no resource', { resources: ['a'] }, { resources: [] }],
  ['a lower class', { dataClasses: ['confidential'] }, { dataClasses: ['internal'] }],
  ['lower classes, named', { dataClasses: ['internal'] }, { dataClasses: ['public', 'internal'] }],
  ['a case for more', { caseFor: ['confidential'] }, { caseFor: ['confidential', 'internal'] }],
  [
    'no case for what is kept out',
    { caseFor: ['confidential'] },
    { dataClasses: ['internal'], caseFor: [] },
  ],
  ['the usual chain, said', {}, { delegationDepth: 1 }],
  ['fewer hours', { hours: { from: 22, to: 6 } }, { hours: { from: 23, to: 5 } }],
  ['the same hours, said otherwise', {}, { hours: { from: 0, to: 24 } }],
  ['a budget', {}, { budgets: [budget(1, 60)] }],
  ['fewer actions', { budgets: [budget(10, 60)] }, { budgets: [budget(9, 60)] }],
  ['longer windows', { budgets: [budget(10, 60)] }, { budgets: [budget(10, 3600)] }],
  ['as many in smaller windows', { budgets: [budget(10, 60)] }, { budgets: [budget(5, 30)] }],
  ['all tools together', { budgets: [budget(9, 60, 'crm.read')] }, { budgets: [budget(9, 60)] }],
  [
    'no budget for a tool that goes',
    { budgets: [budget(9, 60, 'crm.update')] },
    { tools: ['crm.read'] },
  ],
  ['a stricter commitment', { commitments: [accuracy(0.8)] }, { commitments: [accuracy(0.9)] }],
];

describe('a pact is wider', () => {
  it.each(WIDER)('with %s', (_, before, after) => {
    expect(widens(pact(before), pact(after))).toBe(true);
  });

  it.each(NO_WIDER)('and not with %s', (_, before, after) => {
    expect(widens(pact(before), pact(after))).toBe(false);
  });
});
