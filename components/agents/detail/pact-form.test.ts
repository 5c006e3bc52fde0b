import { describe, expect, it } from 'vitest';
import { pactSchema, type Pact } from '@/lib/contracts';
import { budgetLines, budgetsOf, toolLines, toolsOf, withLines } from './pact-form';

const PACT: Pact = {
  tools: ['crm.read', 'crm.update'],
  resources: ['customer/*'],
  budgets: [
    { maxActions: 100, perSeconds: 3600 },
    { tool: 'crm.update', maxActions: 5, perSeconds: 60 },
  ],
};

describe('a pact as lines', () => {
  it('comes back as it was', () => {
    const budgets = budgetsOf(budgetLines(PACT));
    expect(budgets).toEqual(PACT.budgets);
    expect(withLines(PACT, toolsOf(toolLines(PACT)), budgets ?? [])).toEqual(PACT);
    const plain: Pact = { tools: ['*'] };
    expect(withLines(plain, toolsOf(toolLines(plain)), budgetsOf('') ?? [])).toEqual(plain);
  });

  it('keeps every other clause, and is one that the server takes', () => {
    const changed = withLines(PACT, ['mail.send'], []);
    expect(pactSchema.strict().parse(changed)).toEqual({
      tools: ['mail.send'],
      resources: ['customer/*'],
      budgets: [],
    });
  });

  it('names a tool once, whatever stands between names', () => {
    expect(toolsOf(' crm.read, crm.update\r\n\ncrm.read\t* ')).toEqual([
      'crm.read',
      'crm.update',
      '*',
    ]);
    expect(toolsOf(' \n')).toEqual([]);
  });

  it.each([
    ['10/60', [{ maxActions: 10, perSeconds: 60 }]],
    [' 10 / 60  crm.update \r\n', [{ maxActions: 10, perSeconds: 60, tool: 'crm.update' }]],
    ['\n\n', []],
  ])('reads %j', (text, expected) => {
    expect(budgetsOf(text)).toEqual(expected);
  });

  it.each(['10', '0 / 60', '10 / 0', '-1 / 60', '1.5 / 60', '10 / 60 a b', 'ten / 60', '10/60\nx'])(
    'does not guess at %j',
    (text) => {
      expect(budgetsOf(text)).toBeUndefined();
    },
  );
});
