/** Quiet helpers of the office: appointments, and the first day of new colleagues. */
import type { Random } from '../random';
import { approve, reject, type FleetAgent, type Task } from './types';

const ROOMS = ['Atrium', 'Quay 2', 'Lighthouse', 'Orchard'];
const TOPICS = ['budget review', 'supplier call', 'design critique', 'weekly planning'];

function appointment(random: Random): Task {
  const room = random.pick(ROOMS);
  const topic = random.pick(TOPICS);
  const hour = random.int(9, 16);
  const move = random.chance(0.3);
  const start = `${String(hour).padStart(2, '0')}:00`;
  const clash = random.chance(0.012);
  return {
    request: `${move ? 'Move' : 'Book'} the ${topic} ${move ? 'to' : 'at'} ${start} in ${room}.`,
    purpose: 'Keep calendars',
    endUser: random.pick(['n.keller', 'f.osei', 'l.marin']),
    steps: [
      {
        tool: 'calendar.read',
        arguments: { room },
        resource: { type: 'calendar', id: room },
        review: approve,
      },
      {
        tool: move ? 'calendar.move_event' : 'calendar.create_event',
        arguments: { title: topic, room, start, minutes: 45 },
        resource: { type: 'calendar', id: room },
        review: clash ? reject('wrong_target', 'The room is taken at that time.') : approve,
        check: clash ? 'failed' : 'passed',
      },
    ],
  };
}

export const calendarAssistant: FleetAgent = {
  key: 'calendar-assistant',
  name: 'Calendar assistant',
  version: '5.0.2',
  owner: 'amara',
  purpose: 'Books, moves and confirms appointments and rooms.',
  tags: ['office'],
  pact: {
    tools: ['calendar.read', 'calendar.create_event', 'calendar.move_event'],
    resources: ['calendar/*'],
    dataClasses: ['public', 'internal'],
    hours: { from: 5, to: 21 },
  },
  joins: 0,
  rhythm: { perDay: 7, weekend: 0.05, from: 6, to: 17 },
  task: appointment,
  evidence: (day) => [
    { kind: 'outcome.evaluation_passed', source: 'evals/scheduling', count: day < 14 ? 6 : 4 },
    { kind: 'outcome.satisfaction_positive', source: 'survey', count: 5 },
  ],
};

const STARTERS = ['Nora Feld', 'Idris Bello', 'Sofia Marchetti', 'Janek Wolny'];

function onboarding(random: Random): Task {
  const person = random.pick(STARTERS);
  const team = random.pick(['Sales', 'Platform', 'Legal']);
  const tooMuch = random.chance(0.09);
  return {
    request: `${person} starts in ${team}. Create the accounts for mail, chat and wiki.`,
    purpose: 'Prepare the first day',
    endUser: 'people-team',
    steps: [
      {
        tool: 'account.create',
        arguments: {
          person,
          team,
          accounts: tooMuch ? ['mail', 'chat', 'wiki', 'payroll admin'] : ['mail', 'chat', 'wiki'],
        },
        resource: { type: 'employee', id: person },
        review: tooMuch ? reject('out_of_scope', 'Nobody starts with rights in payroll.') : approve,
        check: tooMuch ? 'failed' : 'passed',
      },
    ],
  };
}

export const onboardingGuide: FleetAgent = {
  key: 'onboarding-guide',
  name: 'Onboarding guide',
  version: '1.1.0',
  owner: 'priya',
  purpose: 'Prepares accounts and the first day of new colleagues.',
  tags: ['people'],
  pact: {
    tools: ['account.create', 'hr.read_record', 'calendar.create_event'],
    resources: ['employee/*', 'calendar/*'],
    dataClasses: ['public', 'internal', 'confidential'],
  },
  joins: 22,
  rhythm: { perDay: 3, weekend: 0, from: 8, to: 16 },
  task: onboarding,
  evidence: () => [{ kind: 'outcome.evaluation_passed', source: 'evals/onboarding', count: 1 }],
};
