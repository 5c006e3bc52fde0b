-- Keys: when an agent last signed with one, and whether somebody was told that it ends.
ALTER TABLE agent_keys ADD COLUMN last_used_at timestamptz(3);
ALTER TABLE agent_keys ADD COLUMN expiry_noted_at timestamptz(3);
-- A signed request may name its key by the thumbprint alone.
CREATE INDEX agent_keys_thumbprint ON agent_keys (kid);

-- What agents signed in with lately and must not any more: tokens issued for it end with it. A row is needed for as long as a
-- token can live, so the table is nearly always empty.
CREATE TABLE revoked_credentials (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  agent_id uuid NOT NULL,
  credential text NOT NULL,
  revoked_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, agent_id, credential)
);
CREATE INDEX revoked_credentials_age ON revoked_credentials (revoked_at);

-- Whose statements about identity a workspace believes besides its agents' own keys.
CREATE TABLE identity_issuers (
  workspace_id uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id uuid NOT NULL,
  kind text NOT NULL CHECK (kind IN ('oidc', 'spiffe')),
  name text NOT NULL,
  issuer text NOT NULL,
  jwks_url text,
  jwks jsonb,
  algorithms text[] NOT NULL,
  created_by text NOT NULL,
  created_by_name text NOT NULL,
  created_at timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT identity_issuers_issuer UNIQUE (workspace_id, issuer),
  CHECK ((jwks_url IS NULL) <> (jwks IS NULL))
);

-- Which of an issuer's subjects is which agent. Whoever says so holds a key of the agent as good as if they had put one in.
CREATE TABLE identity_subjects (
  workspace_id uuid NOT NULL,
  id uuid NOT NULL,
  issuer_id uuid NOT NULL,
  subject text NOT NULL,
  agent_id uuid NOT NULL,
  added_by uuid REFERENCES people (id),
  added_alone boolean NOT NULL DEFAULT true,
  created_at timestamptz(3) NOT NULL,
  last_used_at timestamptz(3),
  PRIMARY KEY (workspace_id, id),
  CONSTRAINT identity_subjects_subject UNIQUE (workspace_id, issuer_id, subject),
  FOREIGN KEY (workspace_id, issuer_id) REFERENCES identity_issuers (workspace_id, id) ON DELETE CASCADE,
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX identity_subjects_agent ON identity_subjects (workspace_id, agent_id);

-- Whether others may look an agent up, and whether they see who owns it.
ALTER TABLE workspaces ADD COLUMN directory_audience text NOT NULL DEFAULT 'nobody'
  CHECK (directory_audience IN ('nobody', 'members', 'anyone'));
ALTER TABLE workspaces ADD COLUMN directory_owner boolean NOT NULL DEFAULT false;
