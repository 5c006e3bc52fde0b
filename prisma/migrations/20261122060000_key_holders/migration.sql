-- Who put a key of an agent in: they could sign as the agent, so they decide nothing about it. Unknown for keys from before, and for
-- those of the command line.
ALTER TABLE agent_keys ADD COLUMN added_by uuid REFERENCES people (id);
