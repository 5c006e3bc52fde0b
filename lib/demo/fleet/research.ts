/** Readers and writers of notes: one at work, one that nobody has called for weeks, one that is new. */
import type { Random } from '../random';
import { approve, reject, type FleetAgent, type Task } from './types';

const MARKETS = ['cold chain logistics', 'reusable packaging', 'cargo bikes', 'parcel lockers'];

function research(random: Random): Task {
  const market = random.pick(MARKETS);
  const invented = random.chance(0.15);
  return {
    request: `Find out who leads the market of ${market}, and write a note "${market} in brief".`,
    purpose: 'Watch the market',
    endUser: 'strategy',
    steps: [
      {
        tool: 'web.search',
        arguments: { query: `${market} market leaders` },
        resource: { type: 'web', id: 'search' },
        output: `Results for ${market}: an overview of vendors, three analyst notes, a trade fair report.`,
        review: approve,
      },
      {
        tool: 'notes.write',
        arguments: {
          title: `${market} in brief`,
          claims: invented
            ? 'Market share 41 % (no source)'
            : 'Three vendors share most of the market',
        },
        resource: { type: 'notebook', id: 'strategy' },
        review: invented ? reject('wrong_arguments', 'The figure has no source.') : approve,
        check: invented ? 'failed' : 'passed',
      },
    ],
  };
}

export const marketResearcher: FleetAgent = {
  key: 'market-researcher',
  name: 'Market researcher',
  version: '0.14.0',
  owner: 'amara',
  purpose: 'Searches public sources and writes notes for the strategy team.',
  tags: ['research'],
  pact: {
    tools: ['web.search', 'notes.write'],
    resources: ['web/*', 'notebook/*'],
    dataClasses: ['public', 'internal'],
  },
  joins: 12,
  rhythm: { perDay: 4, weekend: 0, from: 8, to: 18 },
  task: research,
  evidence: () => [{ kind: 'outcome.evaluation_passed', source: 'evals/citations', count: 1 }],
};

/** Worked hard on one project, and then the project ended. */
export const grantScout: FleetAgent = {
  ...marketResearcher,
  key: 'grant-scout',
  name: 'Grant scout',
  version: '1.0.6',
  owner: 'ines',
  purpose: 'Looked for public grants for the harbor project.',
  joins: 0,
  rhythm: { perDay: 6, weekend: 0, from: 8, to: 17 },
  rests: (day) => day > 41,
  evidence: (day) =>
    day > 41 ? [] : [{ kind: 'outcome.evaluation_passed', source: 'evals/citations', count: 5 }],
};

function readContract(random: Random): Task {
  const contract = `K-${random.int(2019, 2026)}-${random.int(100, 480)}`;
  return {
    request: `Summarise contract ${contract}: notice period, renewal, liability.`,
    purpose: 'Contract summaries',
    endUser: 'legal',
    steps: [
      {
        tool: 'contract.read',
        arguments: { contract },
        resource: { type: 'contract', id: contract },
        output: `Contract ${contract}. Notice: three months. Renews by one year. Liability up to the annual fee.`,
        review: approve,
      },
      {
        tool: 'contract.file_summary',
        arguments: {
          contract,
          summary: `Summary of ${contract}: notice period, renewal, liability`,
        },
        resource: { type: 'contract', id: contract },
        review: approve,
        check: 'passed',
      },
    ],
  };
}

export const contractReader: FleetAgent = {
  key: 'contract-reader',
  name: 'Contract reader',
  version: '0.2.0',
  owner: 'lukas',
  purpose: 'Reads contracts and files a short summary beside them.',
  tags: ['legal'],
  pact: {
    tools: ['contract.read', 'contract.file_summary'],
    resources: ['contract/*'],
    dataClasses: ['public', 'internal', 'confidential'],
  },
  joins: 77,
  rhythm: { perDay: 4, weekend: 0, from: 8, to: 16 },
  task: readContract,
};

const SUPPLIERS = ['Bluefin Paper', 'Tessera Office', 'Hallmark Fixtures'];

/** Good for two weeks, careless for one: it never gets far, and never falls for good. */
function procure(random: Random, day: number): Task {
  const supplier = random.pick(SUPPLIERS);
  const item = random.pick(['printer paper', 'desk lamps', 'shipping boxes']);
  const pieces = random.int(5, 60) * 10;
  const careless = Math.floor(day / 7) % 3 === 2 && random.chance(0.3);
  return {
    request: `Order ${pieces} pieces of ${item} from ${supplier}.`,
    purpose: 'Order office supplies',
    endUser: 'facilities',
    steps: [
      {
        tool: 'supplier.quote',
        arguments: { supplier, item },
        resource: { type: 'supplier', id: supplier },
        output: `${supplier}: ${item}, delivery in four days, price list of this quarter applies.`,
        review: approve,
      },
      {
        tool: 'order.place',
        arguments: { supplier, item, pieces: careless ? pieces * 10 : pieces },
        resource: { type: 'supplier', id: supplier },
        review: careless
          ? reject('wrong_arguments', `The request says ${pieces}, not ${pieces * 10}.`)
          : approve,
        check: careless ? 'failed' : 'passed',
      },
    ],
  };
}

export const procurementAgent: FleetAgent = {
  key: 'procurement-agent',
  name: 'Procurement agent',
  version: '2.2.1',
  owner: 'tom',
  purpose: 'Orders office supplies from suppliers under contract.',
  tags: ['procurement'],
  pact: {
    tools: ['supplier.quote', 'order.place'],
    resources: ['supplier/*'],
    dataClasses: ['public', 'internal'],
    budgets: [{ tool: 'order.place', maxActions: 25, perSeconds: 3_600 }],
  },
  joins: 0,
  rhythm: { perDay: 5, weekend: 0, from: 7, to: 16 },
  task: procure,
  evidence: (day) => [
    { kind: 'outcome.evaluation_passed', source: 'evals/purchasing', count: day < 14 ? 4 : 2 },
  ],
};
