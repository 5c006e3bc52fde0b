import { describe, expect, it } from 'vitest';
import { takePlace } from './places';

const full: unknown = expect.objectContaining({
  kind: 'too_many',
  code: 'too_many_open',
  details: { retryAfterSeconds: 5 },
});
const take = (count: number, caller: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => takePlace('waits', caller(n)));

describe('places of what is held open', () => {
  it('are bounded for one caller, and free again when left, once', () => {
    const places = take(256, () => 'agent:a');
    expect(() => takePlace('waits', 'agent:a')).toThrow(full);
    const other = takePlace('waits', 'agent:b');
    const stream = takePlace('streams', 'agent:a');
    places[0]?.();
    places[0]?.();
    const again = takePlace('waits', 'agent:a');
    expect(() => takePlace('waits', 'agent:a')).toThrow(full);
    for (const leave of [...places, other, stream, again]) leave();
    for (const leave of take(256, () => 'agent:a')) leave();
  });

  it('are bounded for all together', () => {
    const places = take(1024, (n) => `agent:${n}`);
    expect(() => takePlace('waits', 'agent:new')).toThrow('in this process');
    for (const leave of places) leave();
    takePlace('waits', 'agent:new')();
  });
});
