-- A made-up request among the real ones. Its decision and approval are rows like any other, so that the queue treats it as one;
-- `seeded` keeps it out of every figure about agents.
ALTER TABLE decisions ADD COLUMN seeded boolean NOT NULL DEFAULT false;

-- Sealed ahead of time: the ledger holds the commitment, and the opening is written there with the verdict
-- (docs/decisions/0049-canaries.md).
CREATE TABLE canaries (
  workspace_id    uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id              uuid NOT NULL,
  template        jsonb NOT NULL,
  nonce           text NOT NULL,
  commitment      text NOT NULL,
  due_at          timestamptz(3) NOT NULL,
  decision_id     uuid,
  approval_id     uuid,
  agent_id        uuid,
  placed_at       timestamptz(3),
  outcome         text CHECK (outcome IN ('caught', 'missed', 'edited', 'expired', 'void', 'unused')),
  closed_at       timestamptz(3),
  judged_by       text,
  judged_by_name  text,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, approval_id),
  CHECK ((outcome IS NULL) = (closed_at IS NULL))
);
CREATE INDEX canaries_open ON canaries (workspace_id, due_at) WHERE outcome IS NULL;
CREATE INDEX canaries_judged ON canaries (workspace_id, judged_by, closed_at) WHERE judged_by IS NOT NULL;
