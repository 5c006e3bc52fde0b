-- Whether the trusted request of the session names the very document that was read, by its link or file name. Worked out when
-- the read is recorded, so that no decision has to look up the arguments of earlier ones.
ALTER TABLE session_reads ADD COLUMN named boolean NOT NULL DEFAULT false;
