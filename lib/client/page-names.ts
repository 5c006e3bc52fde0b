/** First segments that are pages, so that a bare "/approvals" can be told from a workspace's slug. */
export const PAGE_NAMES: ReadonlySet<string> = new Set([
  'overview',
  'approvals',
  'agents',
  'kill-switches',
  'incidents',
  'ladders',
  'policies',
  'tools',
  'ledger',
  'settings',
]);
