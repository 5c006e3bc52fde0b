-- What people say of an action after it could run: that it was right, or that it was overridden, corrected or complained about.
-- Once a person and action; `person` is who it counts for, the author of a key where there is one. `weight` is what the words of
-- this person counted for, null when they moved no score (docs/decisions/0046-feedback-after-the-fact.md).
CREATE TABLE action_feedback (
  workspace_id   uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id             uuid NOT NULL,
  decision_id    uuid NOT NULL,
  agent_id       uuid NOT NULL,
  verdict        text NOT NULL CHECK (verdict IN ('right', 'overridden', 'corrected', 'complaint')),
  reason         text,
  given_by       text NOT NULL,
  given_by_name  text NOT NULL,
  person         text NOT NULL,
  given_at       timestamptz(3) NOT NULL,
  weight         double precision CHECK (weight > 0 AND weight <= 1),
  trust_before   jsonb,
  trust_after    jsonb,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, decision_id, person)
);
CREATE INDEX action_feedback_time ON action_feedback (workspace_id, given_at);
