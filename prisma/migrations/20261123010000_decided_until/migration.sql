-- When somebody last had a role that decides: whoever lowered them is not alone at once (docs/decisions/0102).
ALTER TABLE memberships ADD COLUMN decided_until timestamptz(3);
