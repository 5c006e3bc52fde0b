import { describe, expect, it } from 'vitest';
import { catalogueFindings, compilePolicies } from './index';

const catalogue = { tools: ['mail.send', 'odd"name\\'], tags: ['mail'] };
const findings = (text: string, known = catalogue) =>
  catalogueFindings(text, compilePolicies(text), known);
const rule = (condition: string) =>
  `// é\n@id("a")\npermit (principal, action, resource)\nwhen { ${condition} };`;

describe('a rule about a tool', () => {
  it.each([
    'context.tool.name == "mail.send"',
    'context.tool.entity == Tool::"mail.send"',
    'context.tool.entity == Tool::"odd\\"name\\\\"',
    '["mail.send"].contains(context.tool.name)',
    'context.tool.tags.contains("mail")',
    'context.agent.owner == "nobody" && context.tool.risk == "low"',
  ])('of the catalogue gives no finding: %s', (condition) => {
    expect(findings(rule(condition))).toEqual([]);
  });

  it.each([
    ['context.tool.name == "mail.sned"', 'the catalogue has no tool "mail.sned"', 29],
    ['"mail.sned" != context.tool.name', 'the catalogue has no tool "mail.sned"', 8],
    ['["mail.sned"].contains(context.tool.name)', 'the catalogue has no tool "mail.sned"', 9],
    ['context.tool.entity == Tool::"mail.sned"', 'the catalogue has no tool "mail.sned"', 31],
    ['context.tool.tags.contains("post")', 'no tool of the catalogue has the tag "post"', 35],
  ])('the catalogue does not have gives one, with its place: %s', (condition, message, column) => {
    expect(findings(rule(condition))).toEqual([{ policyId: 'a', message, line: 4, column }]);
  });

  it('is a finding in an empty catalogue too', () => {
    const empty = { tools: [], tags: [] };
    expect(findings(rule('context.tool.entity == Tool::"x"'), empty)).toHaveLength(1);
    expect(findings(rule('context.tool.name == "x"'), empty)).toHaveLength(1);
  });

  it('decides alike by name and by entity', () => {
    for (const condition of ['context.tool.name == "x"', 'context.tool.entity == Tool::"x"'])
      expect(compilePolicies(rule(condition)).rules.size).toBe(1);
  });
});
