-- Messages about what happens here, to people and programs outside. They inform and never decide.

-- How far the announcements of a workspace have been turned into messages.
CREATE TABLE message_cursors (
  workspace_id  uuid PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
  seq           bigint NOT NULL
);
INSERT INTO message_cursors (workspace_id, seq) SELECT workspace_id, outbox_seq FROM ledger_heads;

ALTER TABLE workspaces ADD COLUMN message_arguments boolean NOT NULL DEFAULT false;

-- Programs that are told: one address each. What is secret about it is sealed.
CREATE TABLE message_targets (
  workspace_id     uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id               uuid NOT NULL,
  kind             text NOT NULL CHECK (kind IN ('webhook', 'slack')),
  name             text NOT NULL,
  host             text NOT NULL,
  events           text[] NOT NULL,
  sealed_url       bytea NOT NULL,
  sealed_secret    bytea,
  -- The secret before the last rotation, signed with as well until then.
  sealed_previous  bytea,
  previous_until   timestamptz(3),
  created_by       text NOT NULL,
  created_by_name  text NOT NULL,
  created_at       timestamptz(3) NOT NULL,
  -- Switched off because the address said that it is gone for good.
  disabled_at      timestamptz(3),
  PRIMARY KEY (workspace_id, id)
);

-- How a person wants to hear. No row: not at all.
CREATE TABLE message_preferences (
  workspace_id    uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  person_id       uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  mail            text NOT NULL CHECK (mail IN ('off', 'each', 'digest')),
  digest_minutes  integer NOT NULL CHECK (digest_minutes BETWEEN 5 AND 1440),
  since           timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, person_id)
);

-- Browsers that take pushes for a person. Address and keys are sealed.
CREATE TABLE push_subscriptions (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id            uuid NOT NULL,
  person_id     uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  label         text NOT NULL,
  -- SHA-256 of the address: one row a browser and person.
  address_hash  text NOT NULL,
  sealed        bytea NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, person_id, address_hash)
);

-- What there is to tell, once each, as it was when it happened.
CREATE TABLE messages (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id            uuid NOT NULL,
  event         text NOT NULL,
  subject_id    text NOT NULL,
  body          jsonb NOT NULL,
  at            timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  UNIQUE (workspace_id, event, subject_id)
);

-- One message to one receiver: what was tried, when, and what came back.
CREATE TABLE message_deliveries (
  workspace_id   uuid NOT NULL,
  id             uuid NOT NULL,
  message_id     uuid NOT NULL,
  channel        text NOT NULL CHECK (channel IN ('webhook', 'slack', 'mail', 'push')),
  -- The target, the person (mail) or the subscription (push).
  receiver_id    uuid NOT NULL,
  receiver_name  text NOT NULL,
  state          text NOT NULL CHECK (state IN ('due', 'sent', 'dropped', 'given_up')),
  attempts       integer NOT NULL DEFAULT 0,
  due_at         timestamptz(3) NOT NULL,
  -- While a process is at it, nobody else takes it.
  taken_until    timestamptz(3),
  last_at        timestamptz(3),
  last_status    integer,
  last_answer    text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, message_id) REFERENCES messages (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX message_deliveries_due ON message_deliveries (due_at) WHERE state = 'due';
CREATE INDEX message_deliveries_receiver ON message_deliveries (workspace_id, receiver_id, id DESC);
CREATE INDEX message_deliveries_message ON message_deliveries (workspace_id, message_id);
