-- What managers set about verdicts: how long one can be taken back, how many people it takes by risk, how far a grant may reach.
-- Version 0, which has no row, is the default of `lib/contracts/verdicts.ts`.
CREATE TABLE verdict_settings (
  workspace_id        uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  version             integer NOT NULL,
  undo_seconds        integer NOT NULL CHECK (undo_seconds BETWEEN 0 AND 60),
  approvals_needed    jsonb NOT NULL,
  grant_most_uses     integer NOT NULL CHECK (grant_most_uses BETWEEN 0 AND 1000),
  grant_most_minutes  integer NOT NULL CHECK (grant_most_minutes BETWEEN 0 AND 1440),
  reason              text NOT NULL,
  created_by          text NOT NULL,
  created_by_name     text NOT NULL,
  created_at          timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, version)
);
ALTER TABLE workspace_epochs ADD COLUMN verdict_version integer NOT NULL DEFAULT 0;

-- A verdict that can still be taken back: the evidence it will be. Whoever folds it deletes the row in the same transaction, and
-- whoever undoes the verdict does too, so that it counts once or never.
CREATE TABLE due_verdicts (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  approval_id   uuid NOT NULL,
  decision_id   uuid NOT NULL,
  agent_id      uuid NOT NULL,
  due_at        timestamptz(3) NOT NULL,
  actor         text NOT NULL,
  signals       jsonb NOT NULL,
  PRIMARY KEY (workspace_id, approval_id),
  UNIQUE (workspace_id, decision_id)
);
CREATE INDEX due_verdicts_age ON due_verdicts (due_at);

-- A permit whose approver took the approval back stays as a row, numbered; the next approval of the same decision gives another.
ALTER TABLE permits ADD COLUMN undone smallint NOT NULL DEFAULT 0;
ALTER TABLE permits DROP CONSTRAINT permits_workspace_id_decision_id_key;
ALTER TABLE permits ADD CONSTRAINT permits_one_a_decision UNIQUE (workspace_id, decision_id, undone);

-- When a verdict became evidence: that is where it stands beside the score. NULL for verdicts from before, which were at once.
ALTER TABLE approvals ADD COLUMN counted_at timestamptz(3);
