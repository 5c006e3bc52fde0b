-- What was read in a session belongs to the agent that read it. Two agents may use one session id by accident or on purpose, and
-- what one of them was told must not count as read by the other.
ALTER TABLE session_reads ADD COLUMN agent_id uuid;
UPDATE session_reads r SET agent_id = d.agent_id
  FROM decisions d WHERE d.workspace_id = r.workspace_id AND d.id = r.decision_id;
-- Decisions outlive reads, so none is left without; a read that nobody did is nothing that anybody was told.
DELETE FROM session_reads WHERE agent_id IS NULL;
ALTER TABLE session_reads ALTER COLUMN agent_id SET NOT NULL;
ALTER TABLE session_reads DROP CONSTRAINT session_reads_pkey;
ALTER TABLE session_reads ADD PRIMARY KEY (workspace_id, agent_id, session_id, decision_id);
