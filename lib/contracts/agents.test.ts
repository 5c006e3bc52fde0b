import { describe, expect, it } from 'vitest';
import { pactSchema } from './agents';

const messages = (pact: unknown) =>
  pactSchema
    .safeParse(pact)
    .error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('the tools of a pact', () => {
  it('are names, or the star alone', () => {
    expect(messages({ tools: ['*'] })).toBeUndefined();
    expect(messages({ tools: ['files.read', 'mail/send'] })).toBeUndefined();
  });

  it('are no patterns: one would stand for nothing, and nobody would know', () => {
    for (const name of ['files.*', '*.read', '**'])
      expect(messages({ tools: ['crm.read', name] })).toEqual([
        'tools.1: is no pattern: name each tool in full, "*" alone stands for every tool',
      ]);
  });

  it('have no such star in a budget either', () => {
    const budget = { maxActions: 5, perSeconds: 60 };
    expect(
      messages({ tools: ['*'], budgets: [{ ...budget, tool: 'files.read' }] }),
    ).toBeUndefined();
    for (const tool of ['files.*', '*'])
      expect(messages({ tools: ['*'], budgets: [{ ...budget, tool }] })).toHaveLength(1);
  });
});
