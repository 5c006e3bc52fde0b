import { expect, it } from 'vitest';
import { responseText } from './response-words';

it('says what a response stops and how long it holds', () => {
  const restriction = {
    kind: 'quarantine',
    name: 'Quarantine',
    stops: 'Every call with a side effect; reads go on.',
  } as const;
  expect(responseText({ restriction, holds: 'Until a person lifts it.', severity: 2 })).toEqual({
    what: 'Quarantine: every call with a side effect; reads go on.',
    holds: 'Until a person lifts it.',
  });
});

it('says that severity 1 suspends, and that the others wait for somebody to look', () => {
  const nothing = { restriction: null, holds: null };
  expect(responseText({ ...nothing, severity: 1 }).what).toContain('Suspension');
  expect(responseText({ ...nothing, severity: 3 }).what).toContain('looks at the incident');
});
