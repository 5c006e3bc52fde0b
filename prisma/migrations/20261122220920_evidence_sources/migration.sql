-- Who may give evidence, how much of it a day, and how much it weighs.
CREATE TABLE evidence_sources (
  workspace_id     uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id               uuid NOT NULL UNIQUE,
  protocol         text NOT NULL CHECK (protocol IN ('cloudevents', 'otlp', 'opa', 'ci', 'caep')),
  -- As the protocol names it; an asterisk stands for every other source of the protocol.
  name             text NOT NULL,
  weight           double precision NOT NULL CHECK (weight > 0 AND weight <= 1),
  daily_cap        integer NOT NULL CHECK (daily_cap >= 0),
  -- What deliveries are signed with; only where the protocol has such a thing.
  sealed_secret    bytea,
  created_by       text NOT NULL,
  created_by_name  text NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, protocol, name)
);

-- How much of it came on a day (UTC).
CREATE TABLE evidence_days (
  workspace_id  uuid NOT NULL,
  source_id     uuid NOT NULL,
  day           date NOT NULL,
  taken         integer NOT NULL,
  PRIMARY KEY (workspace_id, source_id, day),
  FOREIGN KEY (workspace_id, source_id) REFERENCES evidence_sources (workspace_id, id) ON DELETE CASCADE
);

-- What is usual for an agent, from telemetry: a running mean and how many observations it rests on.
CREATE TABLE agent_usage (
  workspace_id  uuid NOT NULL,
  agent_id      uuid NOT NULL,
  measure       text NOT NULL,
  count         integer NOT NULL,
  mean          double precision NOT NULL,
  PRIMARY KEY (workspace_id, agent_id, measure),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);
