/**
 * Every verdict somebody gave on an approval: the one that closed it, and the one of whoever approved first where two have to, also
 * where nobody came second. One row a verdict, as SQL: `by` (`person:<id>` or `key:<id>`), `at` and `outcome`, beside what it was
 * about. Canaries are none: their verdicts stand in `canaries`.
 */
export const GIVEN_VERDICTS = `SELECT ap.workspace_id, ap.id, ap.agent_id, ap.decision_id, ap.tool, ap.risk, ap.requested_at,
    ap.decided_by AS by, ap.decided_at AS at, ap.state AS outcome
  FROM approvals ap WHERE ap.state IN ('approved', 'rejected')
  UNION ALL SELECT ap.workspace_id, ap.id, ap.agent_id, ap.decision_id, ap.tool, ap.risk, ap.requested_at,
    g.actor, g.given_at, 'approved'
  FROM approval_verdicts g JOIN approvals ap ON ap.workspace_id = g.workspace_id AND ap.id = g.approval_id`;
