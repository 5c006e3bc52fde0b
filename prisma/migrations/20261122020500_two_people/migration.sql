-- Approvals that take two people. How many it takes is written down when the agent asks; whoever approved first is kept beside it.
ALTER TABLE approvals
  ADD COLUMN verdicts_needed smallint NOT NULL DEFAULT 1 CHECK (verdicts_needed BETWEEN 1 AND 2),
  ADD COLUMN verdicts_given smallint NOT NULL DEFAULT 0 CHECK (verdicts_given BETWEEN 0 AND 2);
CREATE INDEX approvals_second ON approvals (workspace_id, requested_at, id) WHERE state = 'pending' AND verdicts_given > 0;

CREATE TABLE approval_verdicts (
  workspace_id  uuid NOT NULL,
  approval_id   uuid NOT NULL,
  actor         text NOT NULL,
  actor_name    text NOT NULL,
  -- The person behind the actor; null for a key of the command line.
  person_id     uuid,
  digest        text NOT NULL,
  comment       text,
  given_at      timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, approval_id, actor),
  FOREIGN KEY (workspace_id, approval_id) REFERENCES approvals (workspace_id, id) ON DELETE CASCADE
);
