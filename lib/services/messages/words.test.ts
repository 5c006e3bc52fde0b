import { describe, expect, it } from 'vitest';
import type { Message } from '@/lib/contracts';
import { factsOf, headlineOf, plain } from './words';

const asked = (data: Partial<Message['data']>): Message => ({
  type: 'approval.requested',
  timestamp: '2026-11-22T03:00:00.000Z',
  data: {
    link: 'https://belay.example/default/approvals/1',
    workspace: { slug: 'default', name: 'Default' },
    subject: '1',
    agent: { id: 'a', name: 'CRM agent' },
    tool: 'crm.update',
    risk: 'high',
    expiresAt: '2026-11-22T03:30:00.000Z',
    ...data,
  },
});
const NOW = Date.parse('2026-11-22T03:02:00.000Z');

describe('plain', () => {
  it.each([
    ['direction changes', 'a\u202eb', 'a[U+202E]b'],
    ['zero width', 'a\u200bb', 'a[U+200B]b'],
    ['tag characters', 'a\u{e0041}b', 'a[U+E0041]b'],
    ['line breaks, which begin a header or a second line', 'a\r\nb', 'a[U+000D][U+000A]b'],
    ['variation selectors', 'a\ufe0fb', 'a[U+FE0F]b'],
    ['a joiner of graphemes', 'a\u034fb', 'a[U+034F]b'],
    ['halves of characters', 'a\ud800b', 'a[U+D800]b'],
  ])('makes %s visible', (_name, text, shown) => expect(plain(text)).toBe(shown));

  it('says that it cut', () => expect(plain('x'.repeat(500))).toMatch(/^x{120}… \(cut\)$/));
  it('leaves words of any language alone, and emoji', () =>
    expect(plain('Größe 漢字 עברית 🛠\ufe0f')).toBe('Größe 漢字 עברית 🛠\ufe0f'));
});

describe('a message in words', () => {
  it('says who asks for what, the risk and the time left, and no arguments', () => {
    expect(headlineOf(asked({}))).toBe('CRM agent waits for approval: crm.update (high risk)');
    expect(factsOf(asked({}), NOW)).toEqual([
      ['Workspace', 'Default'],
      ['Agent', 'CRM agent'],
      ['Tool', 'crm.update'],
      ['Risk', 'high'],
      ['Time left', '28 min'],
    ]);
  });

  it('says when the time is over', () => {
    const late = factsOf(asked({}), NOW + 3_600_000);
    expect(late).toContainEqual(['Time left', 'none: it has expired']);
  });

  it('shows arguments that may go out, and says when they were cut', () => {
    const short = factsOf(asked({ arguments: { to: 'a\u202eb' } }), NOW);
    expect(short).toContainEqual(['Arguments', '{"to":"a[U+202E]b"}']);
    const long = factsOf(asked({ arguments: { text: 'x'.repeat(5_000) } }), NOW);
    expect(long.at(-1)?.[1]).toMatch(/cut: open Belay to read the rest\)$/);
  });
});
