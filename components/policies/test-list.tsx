import { CircleCheck, CircleX } from 'lucide-react';
import type { PolicyTest, PolicyTestResult } from '@/lib/contracts';
import { OutcomeMark } from '@/components/ui/outcome-mark';
import { rich, t } from '@/lib/client/language';

function Result({ result }: { result: PolicyTestResult }) {
  const Icon = result.passed ? CircleCheck : CircleX;
  return (
    <li className="flex gap-2 px-3 py-2">
      <Icon
        aria-hidden
        size={16}
        className={result.passed ? 'mt-0.5 shrink-0' : 'mt-0.5 shrink-0 text-sev-1'}
      />
      <div className="min-w-0">
        <p className="wrap-anywhere">
          <span className="font-medium">{result.passed ? t('Passes') : t('Fails')}:</span>{' '}
          {result.name}
        </p>
        {result.passed ? null : (
          <p className="flex flex-wrap items-center gap-x-2 text-dense">
            {rich('expects {expected} and gets {outcome}', {
              expected: <OutcomeMark outcome={result.expected} settled />,
              outcome: <OutcomeMark outcome={result.outcome} settled />,
            })}
          </p>
        )}
      </div>
    </li>
  );
}

/** Tests with what came of them. */
export function TestResults({ results }: { results: readonly PolicyTestResult[] }) {
  if (results.length === 0) return <p className="text-ink-2">{t('This text has no tests.')}</p>;
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {results.map((result) => (
        <Result key={result.name} result={result} />
      ))}
    </ul>
  );
}

/** Tests of a stored version: it would not be stored if one had failed. */
export function StoredTests({ tests }: { tests: readonly PolicyTest[] }) {
  if (tests.length === 0) return null;
  const results = tests.map(({ name, expect }) => ({
    name,
    expected: expect,
    outcome: expect,
    passed: true,
    reasons: [],
  }));
  return (
    <div className="flex flex-col gap-2">
      <h3 className="text-dense font-medium">{t('Tests that stay with it')}</h3>
      <TestResults results={results} />
    </div>
  );
}
