-- A receipt is needed for as long as what it is of could be taken again: later, its age refuses it.
ALTER TABLE signal_receipts ADD COLUMN kept_until timestamptz(3);
UPDATE signal_receipts SET kept_until = received_at + interval '366 days';
ALTER TABLE signal_receipts ALTER COLUMN kept_until SET NOT NULL;
CREATE INDEX signal_receipts_end ON signal_receipts (kept_until);
