import { beforeEach, describe, expect, it } from 'vitest';
import { approvalListQuerySchema, type Approval } from '@/lib/contracts';
import {
  askForApproval,
  makeAskingAgent,
  makeWorkspace,
  type TestWorkspace,
} from '@/lib/services/testing/fixture';
import { ANSWER_BYTES } from './bounded-rows';
import { getApproval } from './get';
import { listApprovals } from './list';
import { queueChanges } from './queue/changes';

/** As large as a call can be, nearly. */
const TEXT = 'x'.repeat(240_000);
const CALLS = 11;
/** What an answer is at most: the bound, the call that passes it, and what is told beside arguments. */
const MOST = ANSWER_BYTES + 260_000 + 60_000;

let workspace: TestWorkspace;
const asked: string[] = [];

beforeEach(async () => {
  workspace = await makeWorkspace();
  const { id } = await makeAskingAgent(workspace);
  asked.length = 0;
  for (let n = 0; n < CALLS; n += 1) {
    const args = { id: `c-${100 + n}`, text: TEXT };
    asked.push((await askForApproval(workspace, id, args)).approvalId);
  }
});

const bytesOf = (answer: unknown) => Buffer.byteLength(JSON.stringify(answer));
const isWhole = ({ action }: Approval) => action.properties.arguments['text'] === TEXT;

describe('calls that are too large together for one answer', () => {
  it('are listed on more pages, none of them cut and none left out', async () => {
    const viewer = workspace.as('viewer');
    const items: Approval[] = [];
    let pages = 0;
    let cursor: string | undefined;
    do {
      const query = approvalListQuerySchema.parse({ limit: '50', tab: 'team', cursor });
      const page = await listApprovals(viewer, query);
      expect(bytesOf(page)).toBeLessThan(MOST);
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
      pages += 1;
    } while (cursor !== undefined);
    expect(items.map(({ id }) => id)).toEqual(asked);
    expect(items.every(isWhole)).toBe(true);
    expect(pages).toBe(3);
  });

  it('end a page at its limit where that comes first', async () => {
    const query = approvalListQuerySchema.parse({ limit: '2', tab: 'team' });
    const page = await listApprovals(workspace.as('viewer'), query);
    expect(page.items).toHaveLength(2);
    expect(page.nextCursor).not.toBeNull();
  });

  it('are told of in more answers when they changed', async () => {
    const told: Approval[] = [];
    let ids: readonly string[] = asked;
    let answers = 0;
    while (ids.length > 0) {
      const answer = await queueChanges(workspace.as('viewer'), { tab: 'team', ids: [...ids] });
      expect(bytesOf(answer)).toBeLessThan(MOST);
      expect([...answer.listed].sort()).toEqual([...ids].sort());
      told.push(...answer.changed);
      ids = answer.left.ids;
      answers += 1;
    }
    expect(told.map(({ id }) => id).sort()).toEqual([...asked].sort());
    expect(told.every(isWhole)).toBe(true);
    expect(answers).toBe(3);
  });

  it('are the members of a group in more answers, each with all that is approved with it', async () => {
    const viewer = workspace.as('viewer');
    const key = (await getApproval(viewer, asked[0] ?? '')).group?.key ?? '';
    const members: Approval[] = [];
    let left = { groups: [key], after: null as string | null };
    while (left.groups.length > 0) {
      const { groups, after } = left;
      const query = { tab: 'team' as const, groups, ...(after === null ? {} : { after }) };
      const answer = await queueChanges(viewer, query);
      expect(bytesOf(answer)).toBeLessThan(MOST);
      members.push(...answer.members);
      ({ left } = answer);
    }
    expect(members.map(({ id }) => id)).toEqual(asked);
    expect(members.every(isWhole)).toBe(true);
  });

  it('refuse a place to go on from that is none', async () => {
    const query = { tab: 'team' as const, groups: ['0'.repeat(32)], after: 'nonsense' };
    await expect(queueChanges(workspace.as('viewer'), query)).rejects.toMatchObject({
      code: 'malformed_cursor',
    });
  });
});
