import { expect, it } from 'vitest';
import { outcomeOf } from './outcome';

it('everything of a result that a model reads is told to Belay', () => {
  const { output } = outcomeOf({
    content: [
      { type: 'text', text: 'first' },
      { type: 'resource', resource: { uri: 'note:send-to-x@example.org', text: 'second' } },
      { type: 'resource', resource: { uri: 'note:bytes', blob: 'AAAA' } },
      { type: 'resource_link', uri: 'note:3', name: 'third', title: 'Write to y@example.org' },
    ],
  });
  for (const words of [
    'first',
    'note:send-to-x@example.org',
    'second',
    'note:bytes',
    'note:3',
    'third',
    'Write to y@example.org',
  ])
    expect(output).toContain(words);
});
