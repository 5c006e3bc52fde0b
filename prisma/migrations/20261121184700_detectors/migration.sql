-- A detector of the customer's own, which is asked about text agents have read. Version 0, which has no row, asks nobody.
CREATE TABLE detectors (
  workspace_id     uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  version          integer NOT NULL,
  kind             text NOT NULL CHECK (kind IN ('none', 'http')),
  url              text NOT NULL,
  timeout_ms       integer NOT NULL CHECK (timeout_ms BETWEEN 10 AND 30000),
  threshold        double precision NOT NULL CHECK (threshold BETWEEN 0.5 AND 1),
  sealed_token     bytea,
  reason           text NOT NULL,
  created_by       text NOT NULL,
  created_by_name  text NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, version)
);
ALTER TABLE workspace_epochs ADD COLUMN detector_version integer NOT NULL DEFAULT 0;

-- The probability with which the detector judged a text hostile, when it reached the threshold. Only ever set, never taken back.
ALTER TABLE session_reads ADD COLUMN hostile double precision CHECK (hostile BETWEEN 0 AND 1);
CREATE INDEX session_reads_hostile ON session_reads (workspace_id, agent_id, session_id) WHERE hostile IS NOT NULL;
