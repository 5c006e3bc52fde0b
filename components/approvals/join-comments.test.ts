import { describe, expect, it } from 'vitest';
import type { Comment } from '@/lib/contracts';
import { joinComments } from './join-comments';

const comment = (id: string, second: number): Comment => ({
  id,
  author: 'person:p',
  authorName: 'Ann',
  body: id,
  createdAt: `2026-11-22T10:00:${String(second).padStart(2, '0')}.000Z`,
  forAgent: false,
});

describe('pages of a conversation', () => {
  it('are one, oldest first, with what they share once', () => {
    const newest = [comment('c', 3), comment('d', 4)];
    const asked = [[comment('d', 4), comment('c', 3), comment('b', 2)], [comment('a', 1)]];
    expect(joinComments([newest, ...asked]).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
  });

  it('keep the order of their ids within one moment', () => {
    expect(joinComments([[comment('b', 1), comment('a', 1)]]).map(({ id }) => id)).toEqual([
      'a',
      'b',
    ]);
  });
});
