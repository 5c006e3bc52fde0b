import { beforeEach, describe, expect, it } from 'vitest';
import { sql } from '@/lib/db';
import {
  askForApproval,
  ledgerKinds,
  makeAskingAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { approveAction } from './approve';
import { addComment } from './comment';
import { listComments } from './comments';
import { getApproval } from './get';

const code = (expected: string): unknown => expect.objectContaining({ code: expected });

let workspace: TestWorkspace;
let asked: Awaited<ReturnType<typeof askForApproval>>;
beforeEach(async () => {
  workspace = await makeWorkspace();
  asked = await askForApproval(workspace, (await makeAskingAgent(workspace)).id);
});

describe('commenting', () => {
  it('adds to the thread, also after the verdict, and is in the ledger', async () => {
    await approveAction(workspace.as('analyst'), asked.approvalId, { digest: asked.digest });
    await addComment(workspace.as('reviewer'), asked.approvalId, 'Done.');
    const detail = await getApproval(workspace.as('reviewer'), asked.approvalId);
    expect(detail.comments).toMatchObject([{ authorName: 'The reviewer', body: 'Done.' }]);
    expect(await ledgerKinds(workspace.id)).toContain('approval.commented');
  });

  it('comes a bounded page at a time, the newest with the approval', async () => {
    const reader = workspace.as('viewer');
    const [id, at] = [asked.approvalId, Date.now()];
    // Three of each moment, so that a page ends among comments of one moment.
    await sql(
      `INSERT INTO approval_comments (workspace_id, id, approval_id, author, author_name, body, created_at, kind)
       SELECT $1, gen_random_uuid(), $2, 'person:x', 'Ann', n::text, $3::timestamptz + (n / 3) * interval '1 second',
         CASE n WHEN 1 THEN 'question' ELSE 'comment' END FROM generate_series(1, 95) n`,
      [workspace.id, id, new Date(at)],
    );
    await sql(`UPDATE approvals SET asked_by = gen_random_uuid(), asked_at = $2 WHERE id = $1`, [
      id,
      new Date(at),
    ]);
    const detail = await getApproval(reader, id);
    expect(detail.comments).toHaveLength(20);
    expect(detail.comments.at(-1)?.createdAt).toBe(new Date(at + 31_000).toISOString());
    expect(detail.openQuestion).toBe('1');
    const read = [...detail.comments].reverse();
    for (let cursor = detail.earlierComments; cursor !== null;) {
      const page = await listComments(reader, id, { limit: 25, cursor });
      expect(page.items.length).toBeLessThanOrEqual(25);
      read.push(...page.items);
      cursor = page.nextCursor;
    }
    expect(read.map(({ body }) => Number(body)).sort((a, b) => a - b)).toEqual(
      Array.from({ length: 95 }, (_, n) => n + 1),
    );
    expect(read.map(({ createdAt }) => createdAt)).toEqual(
      read.map(({ createdAt }) => createdAt).sort((a, b) => (a < b ? 1 : a > b ? -1 : 0)),
    );
    const foreign = (await makeWorkspace()).as('admin');
    await expect(listComments(foreign, id, { limit: 5 })).rejects.toEqual(code('not_found'));
    await expect(listComments(reader, id, { limit: 5, cursor: 'x' })).rejects.toEqual(
      code('malformed_cursor'),
    );
  });

  it('ends with so many of one person, and others may go on', async () => {
    await sql(
      `INSERT INTO approval_comments (workspace_id, id, approval_id, author, author_name, body, created_at)
       SELECT $1, gen_random_uuid(), $2, $3, 'The reviewer', 'x', now() FROM generate_series(1, 100)`,
      [workspace.id, asked.approvalId, `person:${workspace.as('reviewer').actor.personId}`],
    );
    await expect(addComment(workspace.as('reviewer'), asked.approvalId, 'More')).rejects.toEqual(
      code('too_many_comments'),
    );
    await addComment(workspace.as('analyst'), asked.approvalId, 'Mine');
  });

  it('is not for viewers', async () => {
    await expect(addComment(workspace.as('viewer'), asked.approvalId, 'Hi')).rejects.toEqual(
      code('forbidden'),
    );
  });
});
