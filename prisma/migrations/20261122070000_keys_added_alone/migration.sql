-- Whether nobody else could decide when somebody put a key of an agent in: only then, and for as long as it stays so, they decide about
-- it themselves. Nobody knows it of keys from before: for those it counts who can decide now, as it did.
ALTER TABLE agent_keys ADD COLUMN added_alone boolean NOT NULL DEFAULT true;
