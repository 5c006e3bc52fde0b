import { describe, expect, it } from 'vitest';
import { changedLines, linesOf } from './definition-lines';
import { firstFacts, hintsOf, strictestReading } from './hints';
import { countsOf, importsFound, toolsFound } from './tools-found';

const withHints = (annotations: Record<string, boolean>) => ({
  inputSchema: { type: 'object' },
  annotations,
});

describe('the hints of a server', () => {
  it.each([
    [{}, { sideEffect: 'write', reversible: false, egress: true, risk: 'high' }],
    [
      { readOnlyHint: true, openWorldHint: false },
      { sideEffect: 'none', reversible: true, egress: false, risk: 'low' },
    ],
    [
      { readOnlyHint: true },
      { sideEffect: 'none', reversible: true, egress: true, risk: 'medium' },
    ],
    [
      { destructiveHint: false, openWorldHint: false },
      { sideEffect: 'write', reversible: true, egress: false, risk: 'medium' },
    ],
    [
      { readOnlyHint: false, destructiveHint: true, openWorldHint: false },
      { sideEffect: 'write', reversible: false, egress: false, risk: 'high' },
    ],
  ])('%j are read as strictly as they can be', (annotations, facts) => {
    expect(strictestReading(withHints(annotations))).toMatchObject({
      ...facts,
      untrustedOutput: true,
    });
  });

  it('that are not what they should be count for nothing', () => {
    const definition = { inputSchema: {}, annotations: { readOnlyHint: 'true' } };
    expect(strictestReading(definition).sideEffect).toBe('write');
    expect(hintsOf(definition)).toEqual([]);
  });

  it('count for nothing where a person has said what the tool can do', () => {
    const known = {
      name: 'a.b',
      sideEffect: 'write',
      reversible: false,
      egress: false,
      dataClass: 'restricted',
      untrustedOutput: false,
      risk: 'critical',
      tags: [],
      updatedAt: '2026-01-01T00:00:00.000Z',
      updatedBy: 'person:1',
    } as const;
    expect(firstFacts(withHints({ readOnlyHint: true }), { ...known, tags: [] })).toMatchObject({
      sideEffect: 'write',
      dataClass: 'restricted',
      risk: 'critical',
    });
  });
});

describe('what changed in a definition', () => {
  const kinds = (before: string[], after: string[]) =>
    changedLines(before, after).map(({ kind, text }) => `${kind} ${text}`);

  it.each([
    [
      ['a', 'b', 'c'],
      ['a', 'c'],
      ['same a', 'gone b', 'same c'],
    ],
    [['a'], ['a', 'b'], ['same a', 'new b']],
    [
      ['a', 'b'],
      ['a', 'c'],
      ['same a', 'gone b', 'new c'],
    ],
    [[], ['a'], ['new a']],
    [['a'], ['a'], ['same a']],
  ])('from %j to %j', (before, after, lines) => {
    expect(kinds(before, after)).toEqual(lines);
  });

  it('is one line where one word of the description changed', () => {
    const before = linesOf({ description: 'Reads.', inputSchema: { type: 'object' } });
    const after = linesOf({ description: 'Reads and sends.', inputSchema: { type: 'object' } });
    expect(changedLines(before, after).filter(({ kind }) => kind !== 'same')).toHaveLength(2);
  });
});

describe('finding a tool', () => {
  const tools = [
    { name: 'crm.read', description: 'Reads a customer' },
    { name: 'crm.update', description: 'Changes a customer' },
    { name: 'mail.send', description: null },
  ] as unknown as Parameters<typeof toolsFound>[0];
  it.each([
    ['', ['crm.read', 'crm.update', 'mail.send']],
    ['  CRM change ', ['crm.update']],
    ['customer', ['crm.read', 'crm.update']],
    ['nothing', []],
  ])('%j finds %j', (wanted, names) => {
    expect(toolsFound(tools, wanted).map(({ name }) => name)).toEqual(names);
  });
});

describe('finding a tool of a server', () => {
  const tool = (name: string, state: string) => ({
    name,
    state,
    seen: { definition: { description: `Does ${name}` } },
  });
  const tools = [
    tool('files.write', 'changed'),
    tool('files.read', 'new'),
    tool('mail.send', 'confirmed'),
  ] as unknown as Parameters<typeof importsFound>[0];
  it.each([
    ['all', '', ['files.write', 'files.read', 'mail.send']],
    ['changed', '', ['files.write']],
    ['new', 'does FILES', ['files.read']],
    ['new', 'mail', []],
  ] as const)('%s with "%s"', (state, words, names) => {
    expect(importsFound(tools, { state, words }).map(({ name }) => name)).toEqual(names);
  });
  it('counts what there is to do', () => {
    expect(countsOf(tools)).toEqual({ all: 3, changed: 1, new: 1 });
  });
});
