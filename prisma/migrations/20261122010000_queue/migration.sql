-- The queue as a place of work: like requests as one row, who looks after what until when, questions that wait for an answer,
-- what was escalated, and views people come back to.

ALTER TABLE approvals
  -- Requests with the same key differ only in the values that may differ within a group (lib/decide/group-key.ts); NULL groups with nothing.
  ADD COLUMN group_key text,
  -- What the action is about, beside the queue, so that a search does not read decisions. NULL while it is not known.
  ADD COLUMN resource_id text,
  ADD COLUMN risk_rank smallint NOT NULL GENERATED ALWAYS AS (
    CASE risk WHEN 'critical' THEN 0 WHEN 'high' THEN 1 WHEN 'medium' THEN 2 ELSE 3 END) STORED,
  ADD COLUMN assigned_to uuid,
  ADD COLUMN assigned_to_name text,
  ADD COLUMN assigned_by_name text,
  ADD COLUMN assigned_note text,
  ADD COLUMN assigned_at timestamptz(3),
  -- The open question, or the last one: who asked, and when it was answered.
  ADD COLUMN asked_by uuid,
  ADD COLUMN asked_by_name text,
  ADD COLUMN asked_at timestamptz(3),
  ADD COLUMN answered_at timestamptz(3),
  ADD COLUMN reminded_at timestamptz(3),
  ADD COLUMN escalated_at timestamptz(3),
  ADD CONSTRAINT approvals_assigned CHECK ((assigned_to IS NULL) = (assigned_at IS NULL)),
  ADD CONSTRAINT approvals_answered CHECK (answered_at IS NULL OR asked_at IS NOT NULL);

UPDATE approvals ap SET resource_id = d.resource->>'id'
FROM decisions d WHERE d.workspace_id = ap.workspace_id AND d.id = ap.decision_id;

-- The queue by urgency, and the members of a group. The counts of the tabs come from the second without reading the table.
CREATE INDEX approvals_urgency ON approvals (workspace_id, risk_rank, expires_at, id) WHERE state = 'pending';
CREATE INDEX approvals_counts ON approvals (workspace_id, expires_at)
  INCLUDE (id, requested_at, claimed_by, claimed_until, assigned_to, asked_at, answered_at) WHERE state = 'pending';
CREATE INDEX approvals_group ON approvals (workspace_id, group_key, expires_at, id) WHERE state = 'pending' AND group_key IS NOT NULL;

-- What somebody in the thread wrote: a comment, a question a reviewer put, or the answer to it.
ALTER TABLE approval_comments ADD COLUMN kind text NOT NULL DEFAULT 'comment' CHECK (kind IN ('comment', 'question', 'answer'));

-- One person puts one approval aside until a time. For everybody else it stays where it is.
CREATE TABLE approval_snoozes (
  workspace_id  uuid NOT NULL,
  approval_id   uuid NOT NULL,
  person_id     uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  until         timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, approval_id, person_id),
  FOREIGN KEY (workspace_id, approval_id) REFERENCES approvals (workspace_id, id) ON DELETE CASCADE
);
CREATE INDEX approval_snoozes_person ON approval_snoozes (workspace_id, person_id, until);

-- How the workspace works its queue. No row: the defaults of lib/contracts/queue.ts.
CREATE TABLE queue_settings (
  workspace_id     uuid PRIMARY KEY REFERENCES workspaces (id) ON DELETE CASCADE,
  claim_minutes    integer NOT NULL CHECK (claim_minutes BETWEEN 1 AND 240),
  -- One member a risk: {"remindAfterMinutes": number or null, "escalateAfterMinutes": number or null}.
  rules            jsonb NOT NULL,
  changed_by       text NOT NULL,
  changed_by_name  text NOT NULL,
  changed_at       timestamptz(3) NOT NULL
);

-- A tab with its filters and sort under a name of a person's own.
CREATE TABLE queue_views (
  workspace_id  uuid NOT NULL REFERENCES workspaces (id) ON DELETE CASCADE,
  id            uuid NOT NULL,
  person_id     uuid NOT NULL REFERENCES people (id) ON DELETE CASCADE,
  name          text NOT NULL,
  view          jsonb NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  PRIMARY KEY (workspace_id, id)
);
CREATE UNIQUE INDEX queue_views_name ON queue_views (workspace_id, person_id, lower(name));
