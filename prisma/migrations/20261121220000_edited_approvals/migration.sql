-- An approval with edits: the arguments a reviewer changed before they let the action run, and the digest its permit is bound to.
-- What the agent sent stays in the decision.
ALTER TABLE approvals
  ADD COLUMN edited_arguments jsonb,
  ADD COLUMN edited_digest text,
  ADD CONSTRAINT approvals_edited CHECK ((edited_arguments IS NULL) = (edited_digest IS NULL));

-- What an agent said beside the action (end user, case, depth of delegation), so that the same action with other arguments can be
-- judged again by everything the first judgement saw. NULL for decisions made before this was kept.
ALTER TABLE decisions ADD COLUMN asked_with jsonb;
