import type { Comment } from '@/lib/contracts';

/**
 * Pages of one conversation as one, oldest comment first and each once. Pages overlap: the newest comments come with the call, and
 * again with what is asked for. Instants are ISO texts of one length, so that they compare as texts.
 */
export function joinComments(pages: readonly (readonly Comment[])[]): Comment[] {
  const byId = new Map(pages.flat().map((comment) => [comment.id, comment]));
  return [...byId.values()].sort(
    (a, b) => compare(a.createdAt, b.createdAt) || compare(a.id, b.id),
  );
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
