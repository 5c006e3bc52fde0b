import { describe, expect, it } from 'vitest';
import type { ApprovalDetail } from '@/lib/contracts';
import type { Command } from '../shortcuts';
import { parseViewParams } from '../view-params';
import { keyCommands, type CallCommandsInput } from './call-commands';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const waiting = {
  state: 'pending',
  expiresAt: '2026-11-21T13:00:00Z',
  mayDecide: { allowed: true, why: null },
  question: null,
  group: null,
  action: { properties: { arguments: { amount: 12 } } },
} as unknown as ApprovalDetail;

function offered(change: Partial<CallCommandsInput> = {}) {
  const run: Command[] = [];
  const commands = keyCommands(
    {
      workspace: 'w',
      detail: waiting,
      mayComment: true,
      sending: false,
      canMove: true,
      canUndo: false,
      canDecideTogether: false,
      view: parseViewParams(new URLSearchParams()),
      own: {},
      run: (command) => run.push(command),
      setView: () => undefined,
      ...change,
    },
    NOW,
  );
  return { ids: commands.map(({ id }) => id), commands, run };
}

describe('commands of the open call', () => {
  it('are those that are allowed, with the key the person has', () => {
    const { ids, commands } = offered({ own: { a: 'x' } });
    expect(ids).toEqual(
      expect.arrayContaining(['next', 'previous', 'approve', 'edit', 'reject', 'claim', 'snooze']),
    );
    expect(ids).not.toContain('back');
    expect(commands.find(({ id }) => id === 'approve')?.keys).toBe('x');
  });

  it('do what the key does: they ask, they never confirm', () => {
    const { commands, run } = offered();
    commands.find(({ id }) => id === 'approve')?.run();
    expect(run).toEqual([{ type: 'approve' }]);
    expect(commands.map(({ id }) => id)).not.toContain('confirm');
  });

  it.each([
    ['somebody who may only comment', { mayDecide: { allowed: false, why: 'no' } }],
    ['a call whose time is up', { expiresAt: '2026-11-21T11:00:00Z' }],
    ['a call that was decided', { state: 'approved' }],
  ])('offer no verdict to %s', (_who, change) => {
    const { ids } = offered({ detail: { ...waiting, ...change } as ApprovalDetail });
    expect(ids).not.toContain('approve');
    expect(ids).not.toContain('reject');
    expect(ids).not.toContain('claim');
  });

  it('offer nothing of the call while a verdict is on its way, but moving on', () => {
    const { ids } = offered({ sending: true });
    expect(ids).not.toContain('approve');
    expect(ids).not.toContain('comment');
    expect(ids).toContain('next');
  });

  it('offer no editing of a call without arguments, and undo only while it can be', () => {
    const bare = { ...waiting, action: { properties: { arguments: {} } } } as ApprovalDetail;
    const { ids } = offered({ detail: bare, canUndo: true });
    expect(ids).not.toContain('edit');
    expect(ids).toContain('back');
  });
});
