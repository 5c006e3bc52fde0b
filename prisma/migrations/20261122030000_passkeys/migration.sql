-- Passkeys of people, for approving what is critical. They belong to a person in all workspaces.
CREATE TABLE passkeys (
  id             uuid PRIMARY KEY,
  person_id      uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  credential_id  text NOT NULL UNIQUE,
  public_key     bytea NOT NULL,
  counter        bigint NOT NULL,
  transports     text[] NOT NULL DEFAULT '{}',
  name           text NOT NULL,
  synced         boolean NOT NULL,
  created_at     timestamptz(3) NOT NULL,
  last_used_at   timestamptz(3)
);
CREATE INDEX passkeys_person ON passkeys (person_id);

-- The one registration a person has begun and not ended.
CREATE TABLE passkey_registrations (
  person_id   uuid PRIMARY KEY REFERENCES people (id) ON DELETE CASCADE,
  challenge   text NOT NULL,
  expires_at  timestamptz(3) NOT NULL
);

-- Challenges for one verdict each. A row is gone once its verdict counts, so that no answer counts twice.
CREATE TABLE step_up_challenges (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  challenge     text NOT NULL,
  approval_id   uuid NOT NULL,
  person_id     uuid NOT NULL,
  -- SHA-256 over what was asked: approval, digest, edits, verdict, person.
  asked_for     text NOT NULL,
  expires_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, challenge)
);
CREATE INDEX step_up_challenges_expiry ON step_up_challenges (expires_at);

ALTER TABLE workspaces ADD COLUMN step_up text NOT NULL DEFAULT 'when_registered'
  CHECK (step_up IN ('when_registered', 'required'));
