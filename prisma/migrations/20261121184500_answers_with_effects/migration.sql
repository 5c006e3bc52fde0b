-- An idempotency key is written in the transaction of its effect. A decision's answer is made again from the decision, whose id
-- the key remembers; other answers stand in `response`. A NULL `status` was a reservation of an earlier version: whose
-- processes died with it is not known, so those that are too old to be at work are forgotten.
ALTER TABLE idempotency_keys ADD COLUMN decision_id uuid;
DELETE FROM idempotency_keys WHERE status IS NULL AND created_at < now() - interval '1 minute';
