import { describe, expect, it } from 'vitest';
import type { Approval, ApprovalDetail } from '@/lib/contracts';
import { dangersByPlace } from './group-dangers';

const call = (args: Record<string, unknown>, properties?: Record<string, unknown>) =>
  ({
    action: { name: 'db.query', properties: { arguments: args } },
    resource: { type: 'table', id: 't-1', properties },
  }) as unknown as Approval;
const tool = { name: 'db.query', sideEffect: 'write' } as ApprovalDetail['tool'];

describe('the dangers of a line', () => {
  it('are those a single call has, at the place of their value', () => {
    const found = dangersByPlace(
      call({ sql: 'DELETE FROM users', note: 'a\u200bb' }, { owner: 'a\u202eb' }),
      tool,
    );
    expect([...found.keys()].sort()).toEqual([
      '/arguments/note',
      '/arguments/sql',
      '/resource/properties/owner',
    ]);
    expect(found.get('/arguments/note')?.[0]).toContain('hidden or look-alike');
  });

  it('are none where there is nothing to mark', () => {
    expect(dangersByPlace(call({ order: 'C-1', amount: 4 }), tool).size).toBe(0);
  });
});
