-- What holds for subjects that are no agents, where no decision point outside is asked: Cedar policies, the schema they are checked
-- against, and the entities they know. A version is one of the base policy; the newest one up to the base policy in force counts,
-- so naming another decision point leaves the model as it is.
CREATE TABLE access_models (
  workspace_id  uuid NOT NULL,
  version       integer NOT NULL,
  policies      text NOT NULL,
  -- Empty: nothing is checked but the syntax.
  schema_text   text NOT NULL,
  entities      jsonb NOT NULL,
  PRIMARY KEY (workspace_id, version),
  FOREIGN KEY (workspace_id, version) REFERENCES base_policies (workspace_id, version) ON DELETE CASCADE
);
