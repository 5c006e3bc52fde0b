-- A proposed version of the policy that its author, or a manager, took back before anybody approved it.
ALTER TABLE policies
  ADD COLUMN withdrawn_by text,
  ADD COLUMN withdrawn_by_name text,
  ADD COLUMN withdrawn_at timestamptz(3),
  ADD COLUMN withdrawn_reason text;
