-- When each person first claimed a call, as {"<who>": "<time>"}: a claim lasts a limited time in all, however often it is renewed.
ALTER TABLE approvals ADD COLUMN first_claims jsonb NOT NULL DEFAULT '{}'::jsonb;
-- Who holds how many calls.
CREATE INDEX approvals_claimed ON approvals (workspace_id, claimed_by) WHERE state = 'pending' AND claimed_by IS NOT NULL;
