import { describe, expect, it } from 'vitest';
import { policyRules } from './policy-text';

const TEXT = `
// permit (this is a comment)
@id("rung-1-read")
@reason("Reading is allowed on every rung.")
permit (principal, action, resource) when { context.tool.sideEffect == "none" };
@id("no-third-party")
@remedy("Ask the \\"user\\" first, see https://example.test/a//b.")
forbid (principal, action, resource);
permit(principal, action, resource);
`;

describe('policyRules', () => {
  it('lists rules with what their annotations say, and skips comments', () => {
    expect(policyRules(TEXT)).toEqual([
      {
        id: 'rung-1-read',
        effect: 'permit',
        reason: 'Reading is allowed on every rung.',
        remedy: undefined,
      },
      {
        id: 'no-third-party',
        effect: 'forbid',
        reason: undefined,
        remedy: 'Ask the \\"user\\" first, see https://example.test/a//b.',
      },
      { id: 'rule 3', effect: 'permit', reason: undefined, remedy: undefined },
    ]);
  });
});
