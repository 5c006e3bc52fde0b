-- A program asks for a grant: with the first call of it, which waits as an approval, and the scope it would like. People decide about
-- the approval; whether they give the scope with it is theirs.
CREATE TABLE grant_requests (
  workspace_id  uuid NOT NULL,
  id            uuid NOT NULL,
  approval_id   uuid NOT NULL,
  agent_id      uuid NOT NULL,
  requested_by  text NOT NULL,
  scope         jsonb NOT NULL,
  reason        text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, approval_id),
  FOREIGN KEY (workspace_id, approval_id) REFERENCES approvals (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX grant_requests_list ON grant_requests (workspace_id, created_at DESC, id);

-- When a grant was last used, and when people were told that it is not: null until then, and again once it was used.
ALTER TABLE approval_grants ADD COLUMN last_used_at timestamptz(3), ADD COLUMN unused_told_at timestamptz(3);

-- A grant may last up to 30 days where an admin says so; the default stays two hours.
ALTER TABLE verdict_settings DROP CONSTRAINT verdict_settings_grant_most_minutes_check;
ALTER TABLE verdict_settings ADD CONSTRAINT verdict_settings_grant_most_minutes_check CHECK (grant_most_minutes BETWEEN 0 AND 43200);
