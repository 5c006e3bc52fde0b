import { describe, expect, it } from 'vitest';
import { standingRequestSchema, type StandingAnswer } from '@/lib/contracts';
import { newId } from '@/lib/db';
import type { OpenCall } from '../belay/api';
import type { Heard } from '../belay/watch';
import { OpenCalls } from './open-calls';

describe('open calls', () => {
  it('are asked about in as many questions as it takes, and only those that are stopped end', async () => {
    let tell: Heard = () => undefined;
    const watch = {
      open: true,
      lostMs: 0,
      listen: (heard: Heard) => {
        tell = heard;
        return () => undefined;
      },
    };
    const reason = { code: 'switch.halt', text: 'Stopped.' };
    const questions: number[] = [];
    // Belay refuses what its contract does not hold.
    const standing = (calls: readonly OpenCall[]): Promise<StandingAnswer> => {
      const body = standingRequestSchema.parse({ calls });
      questions.push(body.calls.length);
      const stopped = body.calls.filter(({ tool }) => tool === 'mail.send');
      return Promise.resolve({ stopped: stopped.map(({ id }) => ({ id, reason })) });
    };
    const open = new OpenCalls({ standing }, watch, 10_000);
    const agent = newId();
    const signals = Array.from({ length: 2_500 }, (_, n) => {
      const call = { id: newId(), agent, tool: n === 2_400 ? 'mail.send' : 'note.read' };
      return open.add(call, new AbortController().signal).signal;
    });
    tell(undefined);
    await new Promise((resolve) => setImmediate(resolve));
    expect(questions).toEqual([1_000, 1_000, 500]);
    expect(signals.flatMap(({ aborted }, n) => (aborted ? [n] : []))).toEqual([2_400]);
    open.stop();
  });

  it('whose decision is being made are asked about as soon as it is, when something was announced meanwhile', async () => {
    let tell: Heard = () => undefined;
    const listen = (heard: Heard) => {
      tell = heard;
      return () => undefined;
    };
    const asked: string[] = [];
    const reason = { code: 'switch.halt', text: 'Stopped.' };
    const standing = (calls: readonly OpenCall[]): Promise<StandingAnswer> => {
      asked.push(...calls.map(({ id }) => id));
      return Promise.resolve({ stopped: calls.map(({ id }) => ({ id, reason })) });
    };
    const open = new OpenCalls({ standing }, { open: true, lostMs: 0, listen }, 10_000);
    const [agent, never] = [newId(), new AbortController().signal];
    const [early, late] = [newId(), newId()];
    const begun = open.add({ id: undefined, agent, tool: 'note.read' }, never);
    tell(undefined);
    const after = open.add({ id: undefined, agent, tool: 'note.read' }, never);
    expect(asked).toEqual([]);
    begun.decided(early);
    after.decided(late);
    await new Promise((resolve) => setImmediate(resolve));
    expect(asked).toEqual([early]);
    expect([begun.signal.aborted, after.signal.aborted]).toEqual([true, false]);
    open.stop();
  });
});
