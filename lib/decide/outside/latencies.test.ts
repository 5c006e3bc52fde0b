import { describe, expect, it } from 'vitest';
import { Latencies } from './latencies';

describe('how long answers take', () => {
  it('is unknown before the first one', () => {
    expect(new Latencies().summary()).toBeUndefined();
  });

  it('is the nearest rank of the newest two hundred, in whatever order they came', () => {
    const latencies = new Latencies();
    for (let n = 0; n < 50; n += 1) latencies.add(9_000);
    for (let n = 200; n >= 1; n -= 1) latencies.add(n);
    expect(latencies.summary()).toEqual({ p50Ms: 100, p99Ms: 198, answers: 200 });
  });

  it('is one value when there is one', () => {
    const latencies = new Latencies();
    latencies.add(12.4);
    expect(latencies.summary()).toEqual({ p50Ms: 12, p99Ms: 12, answers: 1 });
  });
});
