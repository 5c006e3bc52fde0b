/** The same catalogues for browsers, which fetch the areas of the page they read, in the one language they read it in. */
import type { Area } from '../areas';
import type { Language } from '../languages';
import type { Catalogue } from '../speech';

type Fetches = Readonly<Record<Area, () => Promise<Catalogue>>>;
const only = ({ default: catalogue }: { default: Catalogue }) => catalogue;

export const FETCH_CATALOGUE: Readonly<Partial<Record<Language, Fetches>>> = {
  de: {
    everywhere: () => import('./de/everywhere').then(only),
    agents: () => import('./de/agents').then(only),
    approvals: () => import('./de/approvals').then(only),
    'first-agent': () => import('./de/first-agent').then(only),
    incidents: () => import('./de/incidents').then(only),
    'kill-switches': () => import('./de/kill-switches').then(only),
    ladders: () => import('./de/ladders').then(only),
    ledger: () => import('./de/ledger').then(only),
    overview: () => import('./de/overview').then(only),
    policies: () => import('./de/policies').then(only),
    reviewing: () => import('./de/reviewing').then(only),
    settings: () => import('./de/settings').then(only),
    tools: () => import('./de/tools').then(only),
  },
};
