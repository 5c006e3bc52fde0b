import { beforeEach, describe, expect, it } from 'vitest';
import { decisionListQuerySchema, type Decision } from '@/lib/contracts';
import { newId } from '@/lib/db';
import { submitAction, type Proposal } from '@/lib/decide';
import { approveAction } from '@/lib/services/approvals/approve';
import { getApproval } from '@/lib/services/approvals/get';
import { makeAskingAgent, makeWorkspace, type TestWorkspace } from '@/lib/services/testing/fixture';
import { listDecisions } from './list';

/** As large as a call can be, nearly. */
const TEXT = 'x'.repeat(240_000);
/** The bound of a page, the call that passes it, and what is told beside arguments. */
const MOST_PAGE = 1_000_000 + 260_000 + 60_000;

let workspace: TestWorkspace;
let agentId: string;
beforeEach(async () => {
  workspace = await makeWorkspace();
  agentId = (await makeAskingAgent(workspace)).id;
});

const ask = async (changes: Partial<Proposal>) => {
  const decided = await submitAction(workspace.id, {
    requestId: newId(),
    agentId,
    actor: `agent:${agentId}`,
    tool: 'crm.update',
    arguments: { id: 'c-101' },
    resource: { type: 'customer', id: 'c-101' },
    sessionId: undefined,
    endUser: undefined,
    ...changes,
  });
  const { id, digest } = decided;
  return { id, digest, approvalId: decided.approval?.id ?? '' };
};
const bytesOf = (answer: unknown) => Buffer.byteLength(JSON.stringify(answer));

describe('decisions that are too large together for one answer', () => {
  it('are listed on more pages, whole and none left out', async () => {
    const asked: string[] = [];
    for (let n = 0; n < 11; n += 1) {
      const { id } = await ask({ arguments: { id: `c-${100 + n}`, text: TEXT } });
      asked.unshift(id);
    }
    const items: Decision[] = [];
    let cursor: string | undefined;
    do {
      const query = decisionListQuerySchema.parse({ limit: '200', cursor });
      const page = await listDecisions(workspace.as('viewer'), query);
      expect(bytesOf(page)).toBeLessThan(MOST_PAGE);
      items.push(...page.items);
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(items.map(({ id }) => id)).toEqual(asked);
    expect(items.every((item) => item.arguments['text'] === TEXT)).toBe(true);
  });

  it('come without what the agent said of the resource besides its name', async () => {
    const properties = { note: TEXT };
    for (let n = 0; n < 3; n += 1)
      await ask({ resource: { type: 'customer', id: `c-${100 + n}`, properties } });
    const query = decisionListQuerySchema.parse({ limit: '200' });
    const page = await listDecisions(workspace.as('viewer'), query);
    expect(page.items.map(({ resource }) => resource)).toEqual(
      ['c-102', 'c-101', 'c-100'].map((id) => ({ type: 'customer', id })),
    );
    expect(page.nextCursor).toBeNull();
  });

  it('are few beside a call they came before, and the call says what is new in it all the same', async () => {
    const like = { arguments: { id: 'c-101', text: TEXT } };
    const properties = { plan: 'basic', note: TEXT };
    const about = { ...like, resource: { type: 'customer', id: 'c-101', properties } };
    const first = await ask(about);
    await approveAction(workspace.as('reviewer'), first.approvalId, { digest: first.digest });
    for (let n = 0; n < 5; n += 1) await ask(about);
    const { approvalId } = await ask({});
    const detail = await getApproval(workspace.as('viewer'), approvalId);
    const { lastOfKind, sinceSimilar } = detail;
    expect(sinceSimilar?.decision.id).toBe(first.id);
    expect(sinceSimilar?.changes).toContainEqual({
      path: '/resource/properties/plan',
      change: 'gone',
      was: 'basic',
    });
    expect(lastOfKind).toHaveLength(1);
    expect(bytesOf(lastOfKind)).toBeLessThan(260_000);
  });
});
