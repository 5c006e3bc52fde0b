import { expect, it } from 'vitest';
import { describe as described } from './described.js';

it('what a function does to its arguments changes nothing of what Belay is told', () => {
  const { args, evaluation } = described('note.read', { page: { n: 1 } }, {}, undefined);
  args.page.n = 2;
  expect(evaluation.action.properties).toEqual({ arguments: { page: { n: 1 } } });
});
