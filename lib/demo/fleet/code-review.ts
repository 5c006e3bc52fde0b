/** The steady climber: many small merges that CI confirms, hardly ever a rejection. */
import type { Random } from '../random';
import { approve, reject, type FleetAgent, type Task } from './types';

const REPOS = ['billing-api', 'web-shop', 'mobile-gateway', 'search-index', 'ledger-sync'];
const CHANGES = [
  ['bump the HTTP client to 4.2', 'package.json', '-  "http-kit": "4.1.9"\n+  "http-kit": "4.2.0"'],
  ['guard against an empty cart', 'src/cart.ts', '+  if (lines.length === 0) return zero;'],
  ['log the retry count', 'src/retry.ts', "+  log.info('retry', { attempt });"],
  ['drop the unused currency table', 'src/money.ts', "-import { CURRENCIES } from './old';"],
  [
    'fix an off-by-one in paging',
    'src/page.ts',
    '-  const last = total;\n+  const last = total - 1;',
  ],
  ['rename the session cookie', 'src/auth/cookie.ts', "-  name: 'sid'\n+  name: '__Host-sid'"],
] as const;

function review(random: Random): Task {
  const repo = random.pick(REPOS);
  const number = random.int(1200, 4890);
  const [what, file, diff] = random.pick(CHANGES);
  const target = { type: 'pull_request', id: `${repo}/${number}` };
  const careless = random.chance(0.012);
  const fails = random.chance(0.008);
  return {
    request: `Review pull request ${number} of ${repo}: ${what}. Merge it into main when the checks are green.`,
    purpose: 'Review and merge routine changes',
    endUser: 'merge-queue',
    steps: [
      {
        tool: 'repo.read_diff',
        arguments: { repository: repo, pullRequest: number },
        resource: target,
        output: `diff --git a/${file} b/${file}\n--- a/${file}\n+++ b/${file}\n@@ -14,6 +14,7 @@\n${diff}\n\nChecks: 3 of 3 green.`,
        review: approve,
      },
      {
        tool: 'repo.merge',
        arguments: {
          repository: repo,
          pullRequest: number,
          base: careless ? 'release' : 'main',
          method: 'squash',
        },
        resource: target,
        review: careless
          ? reject('wrong_target', 'The request says main, not the release branch.')
          : approve,
        check: fails ? 'failed' : 'passed',
      },
    ],
  };
}

export const codeReviewer: FleetAgent = {
  key: 'code-reviewer',
  name: 'Code reviewer',
  version: '3.4.1',
  owner: 'lukas',
  purpose: 'Reviews pull requests of routine changes and merges them once every check is green.',
  tags: ['engineering', 'code'],
  pact: {
    tools: ['repo.read_diff', 'repo.comment', 'repo.merge'],
    resources: ['pull_request/*'],
    dataClasses: ['public', 'internal'],
    budgets: [{ tool: 'repo.merge', maxActions: 30, perSeconds: 3_600 }],
    commitments: [
      {
        name: 'Green main',
        measure: 'share of merges that CI confirms',
        atLeast: 0.97,
        overDays: 30,
      },
    ],
  },
  joins: 0,
  rhythm: { perDay: 12, weekend: 0.15, from: 7, to: 18 },
  task: review,
  evidence: () => [
    {
      kind: 'outcome.evaluation_passed',
      source: 'evals/code-review',
      count: 13,
      detail: { suite: 'seeded defects' },
    },
    { kind: 'identity.attestation_verified', source: 'build-attestation', count: 1 },
  ],
};
