-- A trust state is written at every action and read back as it was written, by its key: nothing searches in it. As text it is
-- neither taken apart nor compressed on the way (decision 0090).
ALTER TABLE trust_states
  ALTER COLUMN activity DROP DEFAULT,
  ALTER COLUMN state TYPE json USING state::json,
  ALTER COLUMN layers TYPE json USING layers::json,
  ALTER COLUMN activity TYPE json USING activity::json,
  ALTER COLUMN activity SET DEFAULT '{}',
  SET (toast_tuple_target = 8160);

-- Tells one writing of a state from every other one, also when a transaction that was lost with a crash and the one after it got the same
-- number and the same place.
ALTER TABLE trust_states ADD COLUMN revision bigint NOT NULL DEFAULT 0;
