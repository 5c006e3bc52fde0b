-- Belay's first schema. Every table of a workspace's data begins its primary key with workspace_id, so that
-- it can be distributed by workspace without a change. Times are UTC with millisecond precision.

-- ───────────────────────────── workspaces and people ─────────────────────────────

CREATE TABLE workspaces (
  id                    uuid PRIMARY KEY,
  slug                  text NOT NULL UNIQUE CHECK (slug ~ '^[a-z0-9][a-z0-9-]{0,62}$'),
  name                  text NOT NULL,
  kind                  text NOT NULL CHECK (kind IN ('own', 'demo')),
  approval_ttl_seconds  integer NOT NULL DEFAULT 1800 CHECK (approval_ttl_seconds > 0),
  permit_ttl_seconds    integer NOT NULL DEFAULT 300 CHECK (permit_ttl_seconds > 0),
  created_at            timestamptz(3) NOT NULL
);

-- One row a workspace. The committer reads it FOR SHARE at the start of a batch; a kill switch, a ladder, a
-- policy or a tool change updates it. Whoever comes second waits: that makes a kill switch linearizable.
CREATE TABLE workspace_epochs (
  workspace_id         uuid PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
  kill_epoch           bigint NOT NULL DEFAULT 0,
  catalogue_epoch      bigint NOT NULL DEFAULT 0,
  ladder_version       integer NOT NULL DEFAULT 1,
  policy_version       integer NOT NULL DEFAULT 1,
  base_policy_version  integer NOT NULL DEFAULT 0
);

CREATE TABLE people (
  id                    uuid PRIMARY KEY,
  email                 text NOT NULL UNIQUE CHECK (email = lower(email)),
  name                  text NOT NULL,
  password_hash         text,
  must_change_password  boolean NOT NULL DEFAULT false,
  oidc_issuer           text,
  oidc_subject          text,
  last_workspace_id     uuid REFERENCES workspaces (id) ON DELETE SET NULL,
  created_at            timestamptz(3) NOT NULL,
  disabled_at           timestamptz(3),
  UNIQUE (oidc_issuer, oidc_subject)
);

CREATE TABLE memberships (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  person_id     uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  role          text NOT NULL CHECK (role IN ('viewer', 'reviewer', 'analyst', 'manager', 'admin')),
  created_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, person_id)
);
CREATE INDEX memberships_person ON memberships (person_id);

-- A console login. The cookie carries the id; the row decides whether it still counts.
CREATE TABLE login_sessions (
  id            uuid PRIMARY KEY,
  person_id     uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  created_at    timestamptz(3) NOT NULL,
  last_seen_at  timestamptz(3) NOT NULL,
  expires_at    timestamptz(3) NOT NULL,
  revoked_at    timestamptz(3)
);
CREATE INDEX login_sessions_person ON login_sessions (person_id);

-- Failed sign-ins by e-mail address, known or not: what slows guessing down, in every process alike. Pruned after an hour.
CREATE TABLE sign_in_failures (
  email     text PRIMARY KEY,
  failures  integer NOT NULL,
  last_at   timestamptz(3) NOT NULL
);
CREATE INDEX sign_in_failures_age ON sign_in_failures (last_at);

CREATE TABLE api_keys (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id            uuid NOT NULL,
  name          text NOT NULL,
  role          text NOT NULL CHECK (role IN ('viewer', 'reviewer', 'analyst', 'manager', 'admin', 'gateway')),
  prefix        text NOT NULL,
  key_hash      text NOT NULL UNIQUE,
  created_by    text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  last_used_at  timestamptz(3),
  expires_at    timestamptz(3),
  revoked_at    timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);

-- Keys Belay signs tokens and permits with; the private half is sealed with the installation's secret.
CREATE TABLE signing_keys (
  kid             text PRIMARY KEY,
  public_jwk      jsonb NOT NULL,
  sealed_private  bytea NOT NULL,
  created_at      timestamptz(3) NOT NULL,
  retired_at      timestamptz(3)
);

-- ───────────────────────────── agents and what they may use ─────────────────────────────

CREATE TABLE agents (
  workspace_id     uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id               uuid NOT NULL UNIQUE,
  name             text NOT NULL,
  version          text NOT NULL,
  owner            text NOT NULL,
  owner_person_id  uuid REFERENCES people (id) ON DELETE SET NULL,
  purpose          text NOT NULL,
  tags             text[] NOT NULL DEFAULT '{}',
  status           text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'suspended', 'revoked')),
  pact_version     integer NOT NULL DEFAULT 1,
  created_by       text NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  last_seen_at     timestamptz(3),
  revoked_at       timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX agents_name ON agents (workspace_id, lower(name), id);

CREATE TABLE agent_keys (
  workspace_id  uuid NOT NULL,
  agent_id      uuid NOT NULL,
  kid           text NOT NULL,
  public_jwk    jsonb NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  expires_at    timestamptz(3),
  revoked_at    timestamptz(3),
  PRIMARY KEY (workspace_id, agent_id, kid),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX agent_keys_kid ON agent_keys (workspace_id, kid);

CREATE TABLE agent_versions (
  workspace_id   uuid NOT NULL,
  agent_id       uuid NOT NULL,
  version        text NOT NULL,
  first_seen_at  timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, agent_id, version),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);

CREATE TABLE pacts (
  workspace_id  uuid NOT NULL,
  agent_id      uuid NOT NULL,
  version       integer NOT NULL,
  body          jsonb NOT NULL,
  created_by    text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, agent_id, version),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);

-- jti values of client assertions, kept until the assertion would have expired: each opens the door once.
CREATE TABLE used_assertions (
  workspace_id  uuid NOT NULL,
  agent_id      uuid NOT NULL,
  jti           text NOT NULL,
  expires_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, agent_id, jti)
);
CREATE INDEX used_assertions_expiry ON used_assertions (expires_at);

CREATE TABLE tools (
  workspace_id      uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  name              text NOT NULL,
  description       text,
  side_effect       text NOT NULL CHECK (side_effect IN ('none', 'write')),
  reversible        boolean NOT NULL,
  egress            boolean NOT NULL,
  data_class        text NOT NULL CHECK (data_class IN ('public', 'internal', 'confidential', 'restricted')),
  untrusted_output  boolean NOT NULL DEFAULT true,
  risk              text NOT NULL CHECK (risk IN ('low', 'medium', 'high', 'critical')),
  tags              text[] NOT NULL DEFAULT '{}',
  updated_by        text NOT NULL,
  updated_at        timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, name)
);

-- ───────────────────────────── sessions, decisions, approvals, permits ─────────────────────────────

CREATE TABLE sessions (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id            text NOT NULL,
  agent_id      uuid NOT NULL,
  end_user      text,
  purpose       text,
  request       text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX sessions_agent ON sessions (workspace_id, agent_id, created_at DESC, id);

-- What an agent has read from outside in a session (tool results), for provenance. Bounded by the writer.
CREATE TABLE session_reads (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  session_id    text NOT NULL,
  decision_id   uuid NOT NULL,
  tool          text NOT NULL,
  text          text NOT NULL,
  text_sha256   text NOT NULL,
  truncated     boolean NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, session_id, decision_id)
);

-- Partitioned by time through the id: a UUIDv7 begins with its millisecond, so the primary key stays
-- (workspace_id, id) and a month is a range of ids.
CREATE TABLE decisions (
  workspace_id      uuid NOT NULL,
  id                uuid NOT NULL,
  agent_id          uuid NOT NULL,
  session_id        text,
  tool              text NOT NULL,
  arguments         jsonb NOT NULL,
  resource          jsonb NOT NULL,
  digest            text NOT NULL,
  outcome           text NOT NULL CHECK (outcome IN ('allow', 'require_approval', 'suggest', 'deny')),
  state             text NOT NULL CHECK (state IN ('final', 'pending', 'approved', 'rejected', 'expired', 'cancelled', 'redeemed')),
  reasons           jsonb NOT NULL,
  trust             jsonb NOT NULL,
  provenance        jsonb,
  policy_version    integer NOT NULL,
  ladder_version    integer NOT NULL,
  request_id        text NOT NULL,
  decided_at        timestamptz(3) NOT NULL,
  execution_status  text CHECK (execution_status IN ('succeeded', 'failed')),
  execution_error   text,
  executed_at       timestamptz(3),
  PRIMARY KEY (workspace_id, id)
) PARTITION BY RANGE (id);
CREATE INDEX decisions_agent ON decisions (workspace_id, agent_id, id DESC);
CREATE INDEX decisions_session ON decisions (workspace_id, session_id, id);

CREATE TABLE approvals (
  workspace_id      uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id                uuid NOT NULL,
  decision_id       uuid NOT NULL,
  agent_id          uuid NOT NULL,
  tool              text NOT NULL,
  risk              text NOT NULL,
  digest            text NOT NULL,
  state             text NOT NULL CHECK (state IN ('pending', 'approved', 'rejected', 'expired', 'cancelled')),
  requested_at      timestamptz(3) NOT NULL,
  expires_at        timestamptz(3) NOT NULL,
  claimed_by        uuid,
  claimed_by_name   text,
  claimed_until     timestamptz(3),
  decided_by        text,
  decided_by_name   text,
  decided_at        timestamptz(3),
  reject_reason     text CHECK (reject_reason IN ('wrong_target', 'wrong_arguments', 'not_needed', 'out_of_scope', 'unsafe', 'policy', 'injection', 'other')),
  comment           text,
  cancel_reason     text,
  trust_before      jsonb,
  trust_after       jsonb,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, decision_id)
);
CREATE INDEX approvals_queue ON approvals (workspace_id, state, requested_at, id);
CREATE INDEX approvals_kind ON approvals (workspace_id, agent_id, tool, requested_at DESC);
CREATE INDEX approvals_expiry ON approvals (expires_at) WHERE state = 'pending';

CREATE TABLE approval_comments (
  workspace_id  uuid NOT NULL,
  id            uuid NOT NULL,
  approval_id   uuid NOT NULL,
  author        text NOT NULL,
  author_name   text NOT NULL,
  body          text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, approval_id) REFERENCES approvals (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX approval_comments_thread ON approval_comments (workspace_id, approval_id, created_at);

CREATE TABLE permits (
  workspace_id    uuid NOT NULL,
  id              uuid NOT NULL,
  decision_id     uuid NOT NULL,
  agent_id        uuid NOT NULL,
  digest          text NOT NULL,
  rung            smallint NOT NULL,
  policy_version  integer NOT NULL,
  approved_by     text,
  issued_at       timestamptz(3) NOT NULL,
  expires_at      timestamptz(3) NOT NULL,
  redeemed_at     timestamptz(3),
  cancelled_at    timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, decision_id)
);
CREATE INDEX permits_open ON permits (workspace_id, agent_id, expires_at) WHERE redeemed_at IS NULL AND cancelled_at IS NULL;

-- ───────────────────────────── evidence and trust ─────────────────────────────

CREATE TABLE signals (
  workspace_id  uuid NOT NULL,
  agent_id      uuid NOT NULL,
  id            uuid NOT NULL,
  at            timestamptz(3) NOT NULL,
  kind          text NOT NULL,
  layer         text NOT NULL CHECK (layer IN ('identity', 'behavior', 'context', 'outcome')),
  source        text NOT NULL,
  source_class  text NOT NULL,
  magnitude     double precision NOT NULL,
  layer_delta   double precision NOT NULL,
  score_delta   double precision NOT NULL,
  decision_id   uuid,
  detail        jsonb,
  PRIMARY KEY (workspace_id, agent_id, id)
) PARTITION BY RANGE (id);

-- What makes evidence from outside idempotent: CloudEvents source and id.
CREATE TABLE signal_receipts (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  source        text NOT NULL,
  external_id   text NOT NULL,
  signal_id     uuid NOT NULL,
  received_at   timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, source, external_id)
);

CREATE TABLE trust_states (
  workspace_id  uuid NOT NULL,
  agent_id      uuid NOT NULL,
  state         jsonb NOT NULL,
  score         double precision NOT NULL CHECK (score >= 0 AND score <= 1),
  rung          smallint NOT NULL CHECK (rung BETWEEN 1 AND 5),
  layers        jsonb NOT NULL,
  activity      jsonb NOT NULL DEFAULT '{}',
  updated_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, agent_id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
) WITH (fillfactor = 40); -- rewritten at every action: room in the page keeps the index untouched

CREATE TABLE score_points (
  workspace_id    uuid NOT NULL,
  agent_id        uuid NOT NULL,
  at              timestamptz(3) NOT NULL,
  score           double precision NOT NULL,
  rung            smallint NOT NULL,
  layers          jsonb NOT NULL,
  config_version  text NOT NULL,
  ladder_version  integer NOT NULL,
  PRIMARY KEY (workspace_id, agent_id, at)
) PARTITION BY RANGE (at);

CREATE TABLE score_rollups (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  agent_id      uuid NOT NULL,
  grain         text NOT NULL CHECK (grain IN ('hour', 'day')),
  at            timestamptz(3) NOT NULL,
  score         double precision NOT NULL,
  score_min     double precision NOT NULL,
  score_max     double precision NOT NULL,
  rung          smallint NOT NULL,
  layers        jsonb NOT NULL,
  samples       integer NOT NULL,
  PRIMARY KEY (workspace_id, agent_id, grain, at)
);

CREATE TABLE rung_overrides (
  workspace_id     uuid NOT NULL,
  id               uuid NOT NULL,
  agent_id         uuid NOT NULL,
  rung             smallint NOT NULL CHECK (rung BETWEEN 1 AND 5),
  reason           text NOT NULL,
  created_by       text NOT NULL,
  created_by_name  text NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  until            timestamptz(3) NOT NULL,
  ended_at         timestamptz(3),
  ended_by         text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX rung_overrides_open ON rung_overrides (workspace_id, agent_id) WHERE ended_at IS NULL;

-- What holds an agent back since a signal. Time ends it by itself (until), a person or a login lifts it.
CREATE TABLE agent_restrictions (
  workspace_id    uuid NOT NULL,
  id              uuid NOT NULL,
  agent_id        uuid NOT NULL,
  kind            text NOT NULL CHECK (kind IN ('reverify', 'quarantine', 'block_output', 'throttle')),
  reason          text NOT NULL,
  signal_kind     text NOT NULL,
  signal_id       uuid NOT NULL,
  decision_id     uuid,
  since           timestamptz(3) NOT NULL,
  until           timestamptz(3),
  lifted_at       timestamptz(3),
  lifted_by       text,
  lift_reason     text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);
-- One open restriction of a kind an agent: a later signal prolongs it.
CREATE UNIQUE INDEX agent_restrictions_one_open ON agent_restrictions (workspace_id, agent_id, kind) WHERE lifted_at IS NULL;

-- Results of checks, as CI and evaluation suites report them. The id is the caller's and makes a run idempotent.
CREATE TABLE evaluation_runs (
  workspace_id    uuid NOT NULL,
  id              text NOT NULL,
  agent_id        uuid NOT NULL,
  suite           text NOT NULL,
  at              timestamptz(3) NOT NULL,
  received_at     timestamptz(3) NOT NULL,
  recorded_by     text NOT NULL,
  content_sha256  text NOT NULL,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);

-- One row a run and dimension: all that scores, badges, commitments and rules are computed from.
CREATE TABLE evaluation_scores (
  workspace_id  uuid NOT NULL,
  agent_id      uuid NOT NULL,
  run_id        text NOT NULL,
  dimension     text NOT NULL CHECK (dimension IN ('accuracy', 'safety', 'scope_adherence', 'injection_resistance')),
  at            timestamptz(3) NOT NULL,
  received_at   timestamptz(3) NOT NULL,
  passed        integer NOT NULL CHECK (passed >= 0 AND passed <= total),
  total         integer NOT NULL CHECK (total > 0),
  score         double precision NOT NULL CHECK (score >= 0 AND score <= 1),
  PRIMARY KEY (workspace_id, agent_id, run_id, dimension),
  FOREIGN KEY (workspace_id, run_id) REFERENCES evaluation_runs (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX evaluation_scores_time ON evaluation_scores (workspace_id, agent_id, at DESC);

-- The newest result of each check: what tells that one which used to pass fails.
CREATE TABLE evaluation_checks (
  workspace_id  uuid NOT NULL,
  agent_id      uuid NOT NULL,
  suite         text NOT NULL,
  dimension     text NOT NULL,
  check_id      text NOT NULL,
  passed        boolean NOT NULL,
  run_id        text NOT NULL,
  at            timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, agent_id, suite, dimension, check_id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);

-- Whether each commitment of a pact holds, and since when.
CREATE TABLE commitment_states (
  workspace_id  uuid NOT NULL,
  agent_id      uuid NOT NULL,
  name          text NOT NULL,
  state         text NOT NULL CHECK (state IN ('kept', 'broken', 'unknown')),
  since         timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, agent_id, name),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);

-- ───────────────────────────── control ─────────────────────────────

CREATE TABLE kill_switches (
  workspace_id      uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id                uuid NOT NULL,
  scope_type        text NOT NULL CHECK (scope_type IN ('agent', 'tool', 'tag', 'workspace')),
  scope_value       text,
  mode              text NOT NULL CHECK (mode IN ('halt', 'read_only')),
  reason            text NOT NULL,
  set_by            text NOT NULL,
  set_by_name       text NOT NULL,
  set_at            timestamptz(3) NOT NULL,
  released_by       text,
  released_by_name  text,
  released_at       timestamptz(3),
  release_reason    text,
  PRIMARY KEY (workspace_id, id),
  CHECK ((scope_type = 'workspace') = (scope_value IS NULL))
);
CREATE INDEX kill_switches_in_force ON kill_switches (workspace_id) WHERE released_at IS NULL;

CREATE TABLE ladders (
  workspace_id     uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  version          integer NOT NULL,
  body             jsonb NOT NULL,
  reason           text NOT NULL,
  created_by       text NOT NULL,
  created_by_name  text NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, version)
);

-- Versions are numbered as they are written. One that widens is proposed first and in force once somebody else
-- approved it; which one is in force stands in workspace_epochs.
CREATE TABLE policies (
  workspace_id      uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  version           integer NOT NULL,
  based_on          integer,
  text              text NOT NULL,
  tests             jsonb NOT NULL DEFAULT '[]',
  reason            text NOT NULL,
  proposed          boolean NOT NULL DEFAULT false,
  widening          jsonb,
  created_by        text NOT NULL,
  created_by_name   text NOT NULL,
  created_at        timestamptz(3) NOT NULL,
  approved_by       text,
  approved_by_name  text,
  approved_at       timestamptz(3),
  PRIMARY KEY (workspace_id, version)
);

-- The customer's own decision point. Version 0, which has no row, asks nobody: everything within the pact.
CREATE TABLE base_policies (
  workspace_id     uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  version          integer NOT NULL,
  kind             text NOT NULL CHECK (kind IN ('none', 'opa', 'authzen')),
  url              text NOT NULL,
  path             text NOT NULL,
  timeout_ms       integer NOT NULL CHECK (timeout_ms BETWEEN 10 AND 5000),
  sealed_token     bytea,
  reason           text NOT NULL,
  created_by       text NOT NULL,
  created_by_name  text NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, version)
);

CREATE TABLE incidents (
  workspace_id   uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id             uuid NOT NULL,
  agent_id       uuid NOT NULL,
  severity       smallint NOT NULL CHECK (severity BETWEEN 1 AND 3),
  kind           text NOT NULL,
  title          text NOT NULL,
  state          text NOT NULL CHECK (state IN ('open', 'investigating', 'closed')),
  evidence       jsonb NOT NULL,
  root_cause     text,
  opened_at      timestamptz(3) NOT NULL,
  closed_at      timestamptz(3),
  closed_by      text,
  PRIMARY KEY (workspace_id, id)
);
CREATE INDEX incidents_list ON incidents (workspace_id, state, opened_at DESC, id);
CREATE INDEX incidents_agent ON incidents (workspace_id, agent_id, opened_at DESC);
-- One open incident of a kind an agent: more evidence joins it.
CREATE UNIQUE INDEX incidents_one_open ON incidents (workspace_id, agent_id, kind) WHERE state <> 'closed';

-- ───────────────────────────── ledger and live updates ─────────────────────────────

CREATE TABLE ledger_heads (
  workspace_id  uuid PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
  seq           bigint NOT NULL,
  hash          text NOT NULL,
  outbox_seq    bigint NOT NULL DEFAULT 0
);

CREATE TABLE ledger_entries (
  workspace_id  uuid NOT NULL,
  seq           bigint NOT NULL,
  prev_hash     text NOT NULL,
  hash          text NOT NULL,
  bytes         bytea NOT NULL,
  kind          text NOT NULL,
  actor         text NOT NULL,
  subject       text NOT NULL,
  at            timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, seq),
  UNIQUE (workspace_id, prev_hash)
);
CREATE INDEX ledger_entries_kind ON ledger_entries (workspace_id, kind, seq DESC);
CREATE INDEX ledger_entries_subject ON ledger_entries (workspace_id, subject, seq DESC);

CREATE TABLE ledger_checkpoints (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  seq           bigint NOT NULL,
  hash          text NOT NULL,
  note          text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, seq)
);

-- Announcements for open browsers, numbered under the ledger head's lock, so that a reader's cursor never
-- passes a number that commits later. Old rows are pruned.
CREATE TABLE outbox (
  workspace_id  uuid NOT NULL,
  seq           bigint NOT NULL,
  type          text NOT NULL,
  agent_id      uuid,
  subject_id    text,
  at            timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, seq)
);
CREATE INDEX outbox_age ON outbox (at);

CREATE TABLE idempotency_keys (
  workspace_id    uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  actor           text NOT NULL,
  key             text NOT NULL,
  request_sha256  text NOT NULL,
  status          integer,
  response        jsonb,
  created_at      timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, actor, key)
);
CREATE INDEX idempotency_keys_age ON idempotency_keys (created_at);

-- ───────────────────────────── partitions ─────────────────────────────

-- The smallest UUIDv7 of a moment: the border between two months of ids.
CREATE FUNCTION belay_uuid_at(moment timestamptz) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$
  SELECT (lpad(to_hex(floor(extract(epoch FROM moment) * 1000)::bigint), 12, '0') || '70008000000000000000')::uuid
$$;

-- Makes the monthly partitions from `from_month` to `to_month` that do not exist yet. Called at every start and daily.
CREATE FUNCTION belay_ensure_partitions(from_month date, to_month date) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  month date := date_trunc('month', from_month)::date;
  next_month date;
  suffix text;
BEGIN
  PERFORM pg_advisory_xact_lock(7230061);
  WHILE month <= to_month LOOP
    next_month := (month + interval '1 month')::date;
    suffix := to_char(month, 'YYYYMM');
    IF to_regclass('decisions_' || suffix) IS NULL THEN
      EXECUTE format('CREATE TABLE %I PARTITION OF decisions FOR VALUES FROM (%L) TO (%L)', 'decisions_' || suffix,
        belay_uuid_at(month::timestamp AT TIME ZONE 'UTC'), belay_uuid_at(next_month::timestamp AT TIME ZONE 'UTC'));
      EXECUTE format('CREATE TABLE %I PARTITION OF signals FOR VALUES FROM (%L) TO (%L)', 'signals_' || suffix,
        belay_uuid_at(month::timestamp AT TIME ZONE 'UTC'), belay_uuid_at(next_month::timestamp AT TIME ZONE 'UTC'));
      EXECUTE format('CREATE TABLE %I PARTITION OF score_points FOR VALUES FROM (%L) TO (%L)', 'score_points_' || suffix,
        month::timestamp AT TIME ZONE 'UTC', next_month::timestamp AT TIME ZONE 'UTC');
    END IF;
    month := next_month;
  END LOOP;
END
$$;

SELECT belay_ensure_partitions((now() - interval '7 months')::date, (now() + interval '2 months')::date);
