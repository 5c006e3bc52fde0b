-- Tools of MCP servers behind the gateway: what their server says of them, and what a person confirmed.
CREATE TABLE tool_imports (
  workspace_id      uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  tool              text NOT NULL,
  upstream          text NOT NULL,
  -- What the server says now, and what a person last confirmed; while they differ, calls of the tool are stopped.
  seen_digest       text NOT NULL,
  confirmed_digest  text,
  seen_at           timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, tool)
);

-- Every definition a server ever gave of a tool, as its canonical JSON (RFC 8785): text, because JSON may name characters that
-- jsonb cannot hold.
CREATE TABLE tool_definitions (
  workspace_id       uuid NOT NULL,
  tool               text NOT NULL,
  digest             text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  definition         text NOT NULL,
  -- What in it reads like orders, or cannot be seen.
  warnings           jsonb NOT NULL,
  seen_at            timestamptz(3) NOT NULL,
  seen_by            text NOT NULL,
  confirmed_by       text,
  confirmed_by_name  text,
  confirmed_at       timestamptz(3),
  PRIMARY KEY (workspace_id, tool, digest),
  FOREIGN KEY (workspace_id, tool) REFERENCES tool_imports (workspace_id, tool) ON DELETE CASCADE
);

-- Secrets of MCP servers: sealed, opened for gateways, and shown to nobody.
CREATE TABLE gateway_secrets (
  workspace_id     uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  name             text NOT NULL,
  sealed           bytea NOT NULL,
  set_by           text NOT NULL,
  set_by_name      text NOT NULL,
  set_at           timestamptz(3) NOT NULL,
  last_opened_at   timestamptz(3),
  PRIMARY KEY (workspace_id, name)
);
