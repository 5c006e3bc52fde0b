-- Whether the agent itself wrote it, also by way of a gateway's key: such text is checked by nobody, whoever brought it.
ALTER TABLE approval_comments ADD COLUMN for_agent boolean NOT NULL DEFAULT false;
UPDATE approval_comments c SET for_agent = true WHERE kind = 'answer' AND (author LIKE 'agent:%' OR EXISTS (
  SELECT 1 FROM api_keys k WHERE k.workspace_id = c.workspace_id AND c.author = 'key:' || k.id AND k.role = 'gateway'));
