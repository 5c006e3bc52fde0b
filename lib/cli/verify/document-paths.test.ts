import { describe, expect, it } from 'vitest';
import { linkedPaths, namedPaths } from './document-paths';

describe('namedPaths', () => {
  it('finds paths from the root in backticks and nothing else', () => {
    const text = 'See `lib/trust/fold.ts`, `npm start`, `lib/x.ts:12`, `/approvals` and `allow`.';
    expect(namedPaths(text)).toEqual(['lib/trust/fold.ts', 'lib/x.ts']);
  });

  it('checks a pattern up to its placeholder', () => {
    expect(namedPaths('`lib/services/<entity>/<verb>.ts` `app/api/**/route.ts`')).toEqual([
      'lib/services/',
      'app/api/',
    ]);
  });
});

describe('linkedPaths', () => {
  it('finds links and pictures inside the project', () => {
    const text = '[a](docs/a.md#part) ![b](./b.png "B") [web](https://example.org) [top](#top)';
    expect(linkedPaths(text)).toEqual(['docs/a.md', './b.png']);
  });
});
