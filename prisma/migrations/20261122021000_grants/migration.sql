-- An approval for a scope: calls like one that a reviewer approved run without asking again, for a number of uses and a time.
-- Uses are counted under the lock of the agent's trust state, which every decision about the agent holds.
CREATE TABLE approval_grants (
  workspace_id     uuid NOT NULL,
  id               uuid NOT NULL,
  agent_id         uuid NOT NULL,
  approval_id      uuid NOT NULL,
  tool             text NOT NULL,
  -- What has to stay as it was, and what may vary and how far.
  pattern          jsonb NOT NULL,
  -- What the reviewer saw beside the call: codes of the reasons it waited for, and what the tool was.
  reason_codes     text[] NOT NULL,
  tool_facts       jsonb NOT NULL,
  -- Who sent the call and who passed it on: a grant is for calls that come the same way.
  sent_by          text NOT NULL,
  delegators       text[] NOT NULL,
  rung             smallint NOT NULL,
  policy_version   integer NOT NULL,
  most_uses        integer NOT NULL CHECK (most_uses > 0),
  uses             integer NOT NULL DEFAULT 0 CHECK (uses BETWEEN 0 AND most_uses),
  granted_by       text NOT NULL,
  granted_by_name  text NOT NULL,
  granted_at       timestamptz(3) NOT NULL,
  until            timestamptz(3) NOT NULL,
  ended_at         timestamptz(3),
  ended_by         text,
  end_code         text,
  end_text         text,
  PRIMARY KEY (workspace_id, id),
  FOREIGN KEY (workspace_id, agent_id) REFERENCES agents (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX approval_grants_live ON approval_grants (workspace_id, agent_id) WHERE ended_at IS NULL;
CREATE INDEX approval_grants_over ON approval_grants (until) WHERE ended_at IS NULL;
CREATE INDEX approval_grants_list ON approval_grants (workspace_id, granted_at DESC, id);

-- The grant an action was allowed under: taking the grant back takes back what was not redeemed.
ALTER TABLE permits ADD COLUMN grant_id uuid;
CREATE INDEX permits_of_grant ON permits (workspace_id, grant_id) WHERE grant_id IS NOT NULL;
