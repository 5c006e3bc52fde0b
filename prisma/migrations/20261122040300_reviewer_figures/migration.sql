-- How long the detail of an approval was in sight of a person, as their browser told: whole seconds, bounded by the time that had
-- passed.
CREATE TABLE approval_looks (
  workspace_id  uuid NOT NULL,
  approval_id   uuid NOT NULL,
  person_id     uuid NOT NULL,
  seconds       integer NOT NULL CHECK (seconds BETWEEN 0 AND 3600),
  last_at       timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, approval_id, person_id),
  FOREIGN KEY (workspace_id, approval_id) REFERENCES approvals (workspace_id, id) ON DELETE CASCADE
);

-- What the verdicts of a person count for in the scores of agents, measured now and then. No row: too little is known, 1.
CREATE TABLE reviewer_weights (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  person_id     uuid NOT NULL,
  weight        double precision NOT NULL CHECK (weight >= 0.5 AND weight <= 1),
  good          double precision NOT NULL,
  bad           double precision NOT NULL,
  measured_at   timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, person_id)
);

-- The figures of a reviewer, and how many verdicts somebody gave lately.
CREATE INDEX approvals_decided ON approvals (workspace_id, decided_by, decided_at) WHERE decided_by IS NOT NULL;
CREATE INDEX action_feedback_decision ON action_feedback (workspace_id, agent_id, decision_id);
