import { describe, expect, it } from 'vitest';
import { PolicyInvalid, compilePolicies, type PolicyProblem, type PolicySource } from './index';

function problemsOf(source: PolicySource): readonly PolicyProblem[] {
  try {
    compilePolicies(source);
  } catch (error) {
    if (error instanceof PolicyInvalid) return error.errors;
    throw error;
  }
  return [];
}

describe('compiling a policy set', () => {
  it('names rules by annotation or by place and keeps their reasons', () => {
    const { rules } = compilePolicies(
      '// ; "\n@id("a") @reason("Because; so.")\npermit (principal, action, resource);\nforbid (principal, action, resource);',
    );
    expect([...rules.values()]).toEqual([
      { id: 'a', effect: 'permit', code: 'policy.a', reason: 'Because; so.', line: 2 },
      {
        id: 'rule-2',
        effect: 'forbid',
        code: 'policy.rule-2',
        reason: 'The rule "rule-2" forbids this action.',
        line: 4,
      },
    ]);
  });

  it('takes a map of rules and names them by their keys', () => {
    const { rules } = compilePolicies({ mine: '@id("x") permit (principal, action, resource);' });
    expect([...rules.keys()]).toEqual(['mine']);
  });

  it('gives the same rules the same id', () => {
    const text = '@id("a") permit (principal, action, resource);';
    expect(compilePolicies(text).id).toBe(compilePolicies(`// note\n${text}`).id);
    expect(compilePolicies(text).id).not.toBe(compilePolicies(text.replace('permit', 'forbid')).id);
  });

  it('reports the line and column of a syntax error, also after letters of several bytes', () => {
    const [problem] = problemsOf(
      '// é\npermit (principal, action, resource);\n\nforbid (principal, action resource);',
    );
    expect(problem).toMatchObject({ line: 4, column: 27 });
    expect(problem?.message).toMatch(/^unexpected token `resource`/);
  });

  it('reports an unknown fact once, with its rule, line and column', () => {
    const text =
      '@id("a")\npermit (principal, action, resource)\nwhen { "éé" == context.tool.nmae };';
    expect(problemsOf(text)).toEqual([
      {
        policyId: 'a',
        message: 'attribute `tool.nmae` in context not found; did you mean `name`?',
        line: 3,
        column: 16,
      },
    ]);
  });

  it('reports every broken rule, not only the first', () => {
    expect(problemsOf('permit (principal);\nforbid (what);').map(({ line }) => line)).toEqual([
      1, 2,
    ]);
  });

  it.each([
    ['a text that ends too early', 'permit (principal, action, resource)'],
    [
      'a rule id used twice',
      '@id("a") permit (principal, action, resource);\n@id("a") forbid (principal, action, resource);',
    ],
    ['an unknown action', 'permit (principal, action == Action::"delete", resource);'],
    [
      'an optional fact read without asking for it',
      'permit (principal, action, resource) when { context.purpose == "x" };',
    ],
    [
      'a tag read without asking for it',
      'permit (principal, action, resource) when { resource.getTag("x") == "y" };',
    ],
    [
      'a number compared with text',
      'permit (principal, action, resource) when { context.trust.score > "0.5" };',
    ],
    [
      'a fraction, which Cedar does not have',
      'permit (principal, action, resource) when { context.trust.score > 0.5 };',
    ],
    ['a template', 'permit (principal == ?principal, action, resource);'],
  ])('refuses %s', (_name, text) => {
    expect(problemsOf(text).length).toBeGreaterThan(0);
  });
});
