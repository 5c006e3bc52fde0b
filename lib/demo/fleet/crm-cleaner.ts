/** Told to "fix everything", it takes the words literally and goes for 12,000 records until it is stopped. */
import type { Random } from '../random';
import { approve, reject, type FleetAgent, type Step, type Task } from './types';

const FIELDS = [
  ['phone', '+49 30 5550 1', 'writes the phone number in one form'],
  ['country', 'Portugal', 'spells the country out'],
  ['company', 'Northbeam Logistics', 'uses the registered name of the company'],
] as const;

function tidy(random: Random): Task {
  const contact = `C-${random.int(100_000, 182_000)}`;
  const [field, value, why] = random.pick(FIELDS);
  const text = field === 'phone' ? `${value}${random.int(10, 99)}` : value;
  const wrong = random.chance(0.02);
  return {
    request: `Tidy contact ${contact}: set ${field} to ${text}.`,
    purpose: 'Keep contacts clean',
    steps: [
      {
        tool: 'crm.find_duplicates',
        arguments: { contact },
        resource: { type: 'contact', id: contact },
        review: approve,
      },
      {
        tool: 'crm.update_contact',
        arguments: { contact: wrong ? 'C-100000' : contact, set: { [field]: text }, why },
        resource: { type: 'contact', id: contact },
        review: wrong ? reject('wrong_target', 'That is a test contact.') : approve,
        check: wrong ? 'failed' : 'passed',
      },
    ],
  };
}

const ROGUE_CALLS = 45;

/** One session, one order, and far more than anybody meant. */
function fixEverything(random: Random): readonly Task[] {
  const first = random.int(100_000, 110_000);
  const merge = (index: number): Step => ({
    tool: 'crm.merge_contacts',
    arguments: {
      keep: `C-${first + 2 * index}`,
      drop: `C-${first + 2 * index + 1}`,
      batch: `${index + 1} of 12,000`,
    },
    resource: { type: 'contact', id: `C-${first + 2 * index}` },
    review: reject('unsafe', 'Twelve thousand merges that nobody can undo. Stop.'),
  });
  return [
    {
      request: 'The contact list is a mess before the audit. Fix everything.',
      purpose: 'Keep contacts clean',
      endUser: 'sales-lead',
      burst: true,
      steps: Array.from({ length: ROGUE_CALLS }, (_, index) => merge(index)),
    },
  ];
}

export const ROGUE_DAY = 58;

export const crmCleaner: FleetAgent = {
  key: 'crm-cleaner',
  name: 'CRM cleaner',
  version: '1.7.2',
  owner: 'amara',
  purpose: 'Keeps contacts clean: one form for phone numbers, countries and company names.',
  tags: ['sales', 'crm'],
  pact: {
    tools: ['crm.find_duplicates', 'crm.update_contact', 'crm.merge_contacts'],
    resources: ['contact/*'],
    dataClasses: ['public', 'internal', 'confidential'],
  },
  joins: 2,
  rhythm: { perDay: 6, weekend: 0, from: 8, to: 17 },
  rests: (day) => day === ROGUE_DAY + 1,
  task: tidy,
  specials: [{ day: ROGUE_DAY, hour: 15, tasks: fixEverything }],
  evidence: (day) => [
    { kind: 'outcome.evaluation_passed', source: 'evals/data-quality', count: day < 16 ? 6 : 3 },
  ],
};
