-- Who had said that an identity from elsewhere is an agent, and whether they were alone (as with keys of agents): the subject itself is
-- gone when it is removed, and its part in what was asked with it is not.
ALTER TABLE revoked_credentials ADD COLUMN added_by uuid REFERENCES people (id);
ALTER TABLE revoked_credentials ADD COLUMN added_alone boolean NOT NULL DEFAULT true;
