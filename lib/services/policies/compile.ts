import { DomainError, type PolicyTest } from '@/lib/contracts';
import { compilePolicies, PolicyInvalid, type CompiledPolicies } from '@/lib/policy';
import { runStoredTests } from '@/lib/policy/change';

/** @throws DomainError `invalid_policy` with every problem; `errors[].path` is `text:LINE:COLUMN` */
export function compileOrRefuse(text: string): CompiledPolicies {
  try {
    return compilePolicies(text);
  } catch (error) {
    if (!(error instanceof PolicyInvalid)) throw error;
    throw new DomainError('unprocessable', 'invalid_policy', error.message, {
      errors: error.errors.map(({ line, column, message }) => ({
        path: `text:${line}:${column}`,
        message: `Line ${line}: ${message}`,
      })),
    });
  }
}

/** @throws DomainError `policy_test_failed`; `errors[].path` is `tests.INDEX` */
export function requireTestsPass(compiled: CompiledPolicies, tests: readonly PolicyTest[]): void {
  const errors = runStoredTests(compiled, tests).flatMap((result, index) =>
    result.passed
      ? []
      : [
          {
            path: `tests.${index}`,
            message: `"${result.name}" expects ${result.expected} and gets ${result.outcome}.`,
          },
        ],
  );
  const [first] = errors;
  if (first === undefined) return;
  const more = errors.length > 1 ? ` And ${errors.length - 1} more.` : '';
  throw new DomainError(
    'unprocessable',
    'policy_test_failed',
    `A test of this policy fails: ${first.message}${more}`,
    { errors },
  );
}
