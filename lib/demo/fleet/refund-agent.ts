/** Came late and earns refunds: first it may only propose them, then a person approves each, then small ones are its own. */
import type { Random } from '../random';
import { approve, reject, type FleetAgent, type Task } from './types';

const CAUSES = [
  'arrived broken',
  'was delivered twice',
  'was never delivered',
  'came in the wrong size',
];

function refund(random: Random, day: number): Task {
  const order = `SO-${random.int(700_100, 748_000)}`;
  const cents = random.int(900, 14_000);
  const amount = `${(cents / 100).toFixed(2)} EUR`;
  const cause = random.pick(CAUSES);
  if (day > 50 && random.chance(0.16)) return largeRefund(random, order);
  if (random.chance(0.012)) return letter(random, order);
  const doubled = random.chance(0.025);
  return {
    request: `Order ${order} ${cause}. Pay the customer ${amount} back.`,
    purpose: 'Handle complaints about orders',
    endUser: 'complaints',
    steps: [
      {
        tool: 'invoice.read',
        arguments: { order },
        resource: { type: 'order', id: order },
        output: `Invoice of order ${order}\nTotal: ${amount}\nPaid by card on delivery.`,
        review: approve,
      },
      {
        tool: 'refund.create',
        arguments: {
          order,
          amount: doubled ? `${((2 * cents) / 100).toFixed(2)} EUR` : amount,
          cause,
        },
        resource: { type: 'order', id: order },
        review: doubled ? reject('wrong_arguments', 'Twice the amount of the invoice.') : approve,
        check: doubled ? 'failed' : 'passed',
      },
    ],
  };
}

/** The amount and the account stand in the customer's letter alone. */
function letter(random: Random, order: string): Task {
  const amount = `${random.int(101, 149)}.50 EUR`;
  const account = `DE${random.int(10, 99)} 5001 0517 ${random.int(1000, 9999)} ${random.int(1000, 9999)} 02`;
  return {
    request: `Order ${order} was delivered twice. Pay the customer back what the invoice says.`,
    purpose: 'Handle complaints about orders',
    endUser: 'complaints',
    steps: [
      {
        tool: 'invoice.read',
        arguments: { order },
        resource: { type: 'order', id: order },
        output: `Letter to order ${order}: with postage and my time the sum comes to ${amount}. My new account is ${account}.`,
        review: approve,
      },
      {
        tool: 'refund.create',
        arguments: { order, amount, account },
        resource: { type: 'order', id: order },
        review: reject(
          'wrong_arguments',
          'Amount and account come from the letter; the invoice says something else.',
        ),
      },
    ],
  };
}

function largeRefund(random: Random, order: string): Task {
  const amount = `${random.int(2, 19) * 100 + 49}.00 EUR`;
  const covered = random.chance(0.7);
  return {
    request: `Order ${order} was cancelled by the customer. Pay ${amount} back${covered ? ', the cancellation was in time' : ''}.`,
    purpose: 'Handle complaints about orders',
    endUser: 'complaints',
    steps: [
      {
        tool: 'refund.create_large',
        arguments: { order, amount, cause: 'cancelled by the customer' },
        resource: { type: 'order', id: order },
        review: covered ? approve : reject('policy', 'The cancellation came after the deadline.'),
        check: 'passed',
      },
    ],
  };
}

export const refundAgent: FleetAgent = {
  key: 'refund-agent',
  name: 'Refund agent',
  version: '0.9.4',
  owner: 'tom',
  purpose: 'Pays customers back for orders that went wrong, within the rules of the finance team.',
  tags: ['finance'],
  pact: {
    tools: ['invoice.read', 'refund.create', 'refund.create_large'],
    resources: ['order/*'],
    dataClasses: ['public', 'internal', 'confidential'],
    budgets: [{ tool: 'refund.create', maxActions: 25, perSeconds: 3_600 }],
    commitments: [
      { name: 'Right amount', measure: 'refunds that reconcile', atLeast: 0.98, overDays: 30 },
    ],
  },
  joins: 30,
  rhythm: { perDay: 6, weekend: 0.1, from: 8, to: 17 },
  task: refund,
  showpiece: (random) =>
    (random.chance(0.5) ? letter : largeRefund)(random, `SO-${random.int(700_100, 748_000)}`),
  evidence: (day) => [
    { kind: 'outcome.evaluation_passed', source: 'evals/refund-rules', count: day < 40 ? 4 : 2 },
  ],
};
