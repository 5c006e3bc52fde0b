-- How a workspace watches its own reviewing: one row once a manager has changed it, the defaults of lib/services/vigilance/settings.ts
-- without one.
CREATE TABLE vigilance_settings (
  workspace_id     uuid PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
  version          integer NOT NULL,
  body             jsonb NOT NULL,
  reason           text NOT NULL,
  changed_by       text NOT NULL,
  changed_by_name  text NOT NULL,
  changed_at       timestamptz(3) NOT NULL
);

-- How far the chores have come, and their lock: one process at a time works for a workspace.
CREATE TABLE vigilance_chores (
  workspace_id   uuid PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
  sample_cursor  uuid,
  sealed_until   timestamptz(3)
);

-- Actions that ran without a person and were drawn for a look afterwards, with the chance they had. `wanted` reviewers look
-- independently of each other.
CREATE TABLE review_samples (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id            uuid NOT NULL,
  decision_id   uuid NOT NULL,
  agent_id      uuid NOT NULL,
  drawn_at      timestamptz(3) NOT NULL,
  chance        double precision NOT NULL CHECK (chance > 0 AND chance <= 1),
  wanted        smallint NOT NULL CHECK (wanted IN (1, 2)),
  done_at       timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, decision_id)
);
CREATE INDEX review_samples_open ON review_samples (workspace_id, drawn_at, id) WHERE done_at IS NULL;

ALTER TABLE action_feedback
  -- Set when it was said of a sample, before what others say of it could be read.
  ADD COLUMN sample_id uuid;
CREATE INDEX action_feedback_sample ON action_feedback (workspace_id, sample_id) WHERE sample_id IS NOT NULL;
