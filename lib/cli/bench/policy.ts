/** `npm run bench policy`: a decision without its database, and the policy's part of it, on one core. */
import { measureDecisions } from '@/lib/decide/bench';
import { measurePolicies } from '@/lib/policy/bench';
import { printTable } from './load';

export function benchPolicy(): Promise<void> {
  const clock = () => performance.now();
  const timings = [...measurePolicies(clock), ...measureDecisions(clock)];
  printTable(
    ['one core', 'p50 us', 'p99 us'],
    timings.map(({ name, p50Us, p99Us }) => [name, p50Us.toFixed(1), p99Us.toFixed(1)]),
  );
  return Promise.resolve();
}
