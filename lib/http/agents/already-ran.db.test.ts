/** `context.cached`: that a call ran already is believed of a read, and of nothing that has an effect. */
import { beforeEach, describe, expect, it } from 'vitest';
import { call, makeFleet, type Fleet } from '@/lib/http/testing/fleet';
import { makeTool } from '@/lib/services/testing/fixture';
import { outcomeHandler } from './decisions';

let fleet: Fleet;
beforeEach(async () => {
  fleet = await makeFleet();
});

const RAN = { cached: true };
const report = (id: string) =>
  call<{ code?: string }>(outcomeHandler, {
    key: fleet.key('gateway'),
    params: { id },
    body: { status: 'succeeded' },
  });

describe('a call that is said to have run already', () => {
  it.each(['note.publish', 'never.described'])(
    'waits for a person as ever where it may have an effect: %s',
    async (tool) => {
      const facts = { sideEffect: 'write', reversible: false, egress: true, risk: 'high' } as const;
      await makeTool(fleet.workspace, 'note.publish', facts);
      const { context } = await fleet.ask(tool, undefined, RAN);
      expect(context.outcome).toBe('require_approval');
      expect(await report(context.id)).toMatchObject({
        status: 422,
        body: { code: 'not_permitted' },
      });
      expect((await fleet.decision(context.id)).body.state).toBe('pending');
    },
  );
});
