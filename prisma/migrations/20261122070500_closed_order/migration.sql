-- What was closed is listed by when it closed: by verdict, by cancellation, or by its time. When earlier ones were cancelled was not
-- kept: at the latest when their time was over.
ALTER TABLE approvals ADD COLUMN cancelled_at timestamptz(3);
UPDATE approvals SET cancelled_at = least(expires_at, now()) WHERE state = 'cancelled';
CREATE INDEX approvals_closed ON approvals (workspace_id, (coalesce(decided_at, cancelled_at, expires_at)), id);
