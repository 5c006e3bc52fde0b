-- What a program asked for over the access request profile of AuthZEN: a task that stands for an approval which waits already. The
-- approval is what people decide; this only says who asked how, and whom to call when it is over.
CREATE TABLE access_requests (
  workspace_id        uuid NOT NULL,
  id                  uuid NOT NULL,
  approval_id         uuid NOT NULL,
  agent_id            uuid NOT NULL,
  requested_by        text NOT NULL,
  requested_until     timestamptz(3),
  -- What the program says of itself. Nobody has checked it.
  client              jsonb,
  callback_target_id  uuid,
  callback_state      text,
  -- Empty: whatever the end is.
  callback_events     text[] NOT NULL,
  created_at          timestamptz(3) NOT NULL,
  -- When the end was handed to the messages; null while it is to come or nobody is called.
  called_at           timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  -- One denial, one task.
  UNIQUE (workspace_id, approval_id),
  FOREIGN KEY (workspace_id, approval_id) REFERENCES approvals (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX access_requests_to_call ON access_requests (created_at) WHERE callback_target_id IS NOT NULL AND called_at IS NULL;
