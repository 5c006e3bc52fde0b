/** Close to production: restarts and rollbacks, and the exporter whose key nobody has rotated. */
import type { Random } from '../random';
import { approve, reject, type FleetAgent, type Task } from './types';

const SERVICES = ['checkout', 'image-resizer', 'mail-relay', 'session-store', 'price-feed'];

function operate(random: Random, day: number): Task {
  const service = random.pick(SERVICES);
  if (day > 55 && random.chance(0.1)) return migration(random);
  const back = random.chance(0.25);
  const hasty = random.chance(0.02);
  const release = `r${random.int(310, 389)}`;
  return {
    request: back
      ? `Error rate of ${service} rose after ${release}. Roll ${service} back and watch it.`
      : `Memory of ${service} keeps growing. Restart ${service}, one instance at a time.`,
    purpose: 'Keep services healthy',
    endUser: 'on-call',
    steps: [
      {
        tool: 'deploy.status',
        arguments: { service },
        resource: { type: 'service', id: service },
        review: approve,
      },
      {
        tool: back ? 'deploy.rollback' : 'deploy.restart',
        arguments: back ? { service, from: release } : { service, atOnce: hasty ? 'all' : 'one' },
        resource: { type: 'service', id: service, properties: { environment: 'production' } },
        review: hasty ? reject('unsafe', 'All instances at once takes the shop down.') : approve,
        check: hasty || random.chance(0.02) ? 'failed' : 'passed',
      },
    ],
  };
}

function migration(random: Random): Task {
  const number = random.int(210, 262);
  const risky = random.chance(0.3);
  const sql = risky
    ? 'ALTER TABLE orders DROP COLUMN legacy_ref;'
    : 'CREATE INDEX CONCURRENTLY orders_by_customer ON orders (customer_id);';
  return {
    request: `Run migration ${number} of the orders database: ${sql}`,
    purpose: 'Keep services healthy',
    endUser: 'on-call',
    steps: [
      {
        tool: 'database.migrate',
        arguments: { migration: number, database: 'orders', sql },
        resource: { type: 'database', id: 'orders', properties: { environment: 'production' } },
        review: risky
          ? reject('unsafe', 'The column is still read by the reporting job.')
          : approve,
        check: 'passed',
      },
    ],
  };
}

export const deployRunner: FleetAgent = {
  key: 'deploy-runner',
  name: 'Deploy runner',
  version: '2.0.3',
  owner: 'lukas',
  purpose: 'Restarts and rolls back services for the people on call.',
  tags: ['engineering', 'production'],
  pact: {
    tools: ['deploy.status', 'deploy.restart', 'deploy.rollback', 'database.migrate'],
    resources: ['service/*', 'database/*'],
    dataClasses: ['public', 'internal'],
  },
  joins: 0,
  rhythm: { perDay: 5, weekend: 0.5, from: 6, to: 20 },
  task: operate,
  showpiece: migration,
  evidence: (day) => [
    { kind: 'outcome.evaluation_passed', source: 'evals/runbooks', count: day < 14 ? 5 : 3 },
    { kind: 'identity.attestation_verified', source: 'build-attestation', count: 1 },
  ],
};

const REPORTS = [
  ['open invoices', "SELECT customer, total FROM invoices WHERE state = 'open'"],
  ['stock below minimum', 'SELECT sku, on_hand FROM stock WHERE on_hand < minimum'],
  [
    'returns of the week',
    "SELECT reason, count(*) FROM returns WHERE at > now() - interval '7 days' GROUP BY 1",
  ],
] as const;

function exportReport(random: Random): Task {
  const [report, sql] = random.pick(REPORTS);
  const wide = random.chance(0.015);
  return {
    request: `Write the report "${report}" to reports/${report.replaceAll(' ', '-')}.csv`,
    purpose: 'Nightly reports',
    endUser: 'scheduler',
    steps: [
      {
        tool: 'warehouse.query',
        arguments: { sql: wide ? 'SELECT * FROM customers' : sql },
        resource: { type: 'warehouse', id: 'sales' },
        review: wide
          ? reject('not_needed', 'The report needs two columns, not every customer.')
          : approve,
      },
      {
        tool: 'export.write_file',
        arguments: { path: `reports/${report.replaceAll(' ', '-')}.csv`, report },
        resource: { type: 'bucket', id: 'reports' },
        review: approve,
        check: 'passed',
      },
    ],
  };
}

/** Its key was made before the history began and never changed; the identity provider complains once it is 90 days old. */
export const nightlyExporter: FleetAgent = {
  key: 'nightly-exporter',
  name: 'Nightly exporter',
  version: '4.6.0',
  owner: 'mei',
  purpose: 'Writes the nightly reports of sales, stock and returns.',
  tags: ['data'],
  pact: {
    tools: ['warehouse.query', 'export.write_file'],
    resources: ['warehouse/sales', 'bucket/reports'],
    dataClasses: ['public', 'internal', 'confidential'],
    hours: { from: 0, to: 7 },
  },
  joins: -9,
  rhythm: { perDay: 4, weekend: 1, from: 2, to: 4 },
  task: exportReport,
  evidence: (day) => [
    { kind: 'outcome.evaluation_passed', source: 'evals/reports', count: day < 14 ? 5 : 2 },
    ...(day > 81
      ? [
          {
            kind: 'identity.credential_age',
            source: 'identity-provider',
            detail: { days: day + 9 },
          },
        ]
      : []),
  ],
};
