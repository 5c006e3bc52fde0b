-- A receipt is needed for as long as what it is of could be taken again: later, its age refuses it. Those that are there, and those that
-- a process of the version before writes yet, are kept for as long as that version would have taken the same evidence.
ALTER TABLE signal_receipts ADD COLUMN kept_until timestamptz(3) NOT NULL DEFAULT now() + interval '366 days';
CREATE INDEX signal_receipts_end ON signal_receipts (kept_until);
