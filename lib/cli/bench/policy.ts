/** `npm run bench policy`: the policy's part of a decision, on one core. */
import { measurePolicies } from '@/lib/policy/bench';
import { printTable } from './load';

export function benchPolicy(): Promise<void> {
  const timings = measurePolicies(() => performance.now());
  printTable(
    ['policy decision, one core', 'p50 us', 'p99 us'],
    timings.map(({ name, p50Us, p99Us }) => [name, p50Us.toFixed(1), p99Us.toFixed(1)]),
  );
  return Promise.resolve();
}
