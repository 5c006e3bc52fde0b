/**
 * A condition over `a` (agents): the history of the demo fleet is still being written with simulated time. What happens to its
 * agents now would lie months ahead of what is yet to be written.
 */
export const HISTORY_IN_PROGRESS = `EXISTS (SELECT 1 FROM workspaces w WHERE w.id = a.workspace_id AND w.kind = 'demo'
  AND NOT EXISTS (SELECT 1 FROM ledger_entries l WHERE l.workspace_id = w.id AND l.kind = 'demo.history_written'))`;
