/**
 * The console's catalogues come in areas: one for what is said everywhere, one for each feature. A page fetches the areas of the
 * features it is composed of; a test reads the imports of every page and compares.
 */

export const AREAS = [
  'everywhere',
  'agents',
  'approvals',
  'first-agent',
  'incidents',
  'kill-switches',
  'ladders',
  'ledger',
  'overview',
  'policies',
  'reviewing',
  'settings',
  'tools',
] as const;
export type Area = (typeof AREAS)[number];

/** By the address below the workspace; a star stands for an id. */
const PAGE_AREAS: Readonly<Record<string, readonly Area[]>> = {
  overview: ['overview'],
  approvals: ['approvals'],
  'approvals/*': ['approvals'],
  reviews: ['approvals'],
  agents: ['agents'],
  'agents/new': ['first-agent'],
  'agents/*': ['agents', 'kill-switches'],
  'kill-switches': ['kill-switches'],
  incidents: ['incidents'],
  ladders: ['ladders'],
  policies: ['policies'],
  ledger: ['ledger'],
  reviewing: ['reviewing'],
  settings: ['settings'],
  tools: ['tools'],
};

/**
 * What a reader of the page at this address needs. An address that is no page needs what is said everywhere.
 *
 * @example areasAt('/acme/agents/0198') // ['everywhere', 'agents', 'kill-switches']
 */
export function areasAt(path: string): readonly Area[] {
  const [, , page = '', below] = path.split('/');
  const named = PAGE_AREAS[below ? `${page}/${below}` : page];
  return ['everywhere', ...(named ?? PAGE_AREAS[`${page}/*`] ?? [])];
}
