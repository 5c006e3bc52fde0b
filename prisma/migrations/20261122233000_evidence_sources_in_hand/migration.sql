-- A source can rest without losing its limit, and change its secret without losing a delivery.
ALTER TABLE evidence_sources ADD COLUMN paused_at timestamptz(3);
ALTER TABLE evidence_sources ADD COLUMN sealed_previous bytea;
ALTER TABLE evidence_sources ADD COLUMN previous_until timestamptz(3);

-- What of a day was turned away, and when something was taken last.
ALTER TABLE evidence_days ADD COLUMN refused integer NOT NULL DEFAULT 0;
ALTER TABLE evidence_days ADD COLUMN last_at timestamptz(3);
