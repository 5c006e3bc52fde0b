import type { CompiledPolicies } from '../compile';
import { decidePolicy } from '../decide';
import type { Outcome } from '../outcome';
import type { Reason } from '../reason';
import { inputOf, type CallOutline } from './outline';

/** A test that is kept with a policy: this call has to have this outcome. */
export interface StoredTest {
  readonly name: string;
  readonly input: CallOutline;
  readonly expect: Outcome;
}

export interface TestResult {
  readonly name: string;
  readonly expected: Outcome;
  readonly outcome: Outcome;
  readonly passed: boolean;
  readonly reasons: readonly Reason[];
}

/** Runs every test, in order. */
export function runStoredTests(
  compiled: CompiledPolicies,
  tests: readonly StoredTest[],
): TestResult[] {
  return tests.map(({ name, input, expect }) => {
    const { outcome, reasons } = decidePolicy(compiled, inputOf(input));
    return { name, expected: expect, outcome, passed: outcome === expect, reasons };
  });
}
