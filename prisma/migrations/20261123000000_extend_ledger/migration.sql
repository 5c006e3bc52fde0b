-- Extends a workspace's hash chain and numbers its announcements, in one statement: the head is locked for as long as this and the
-- COMMIT behind it take, and nobody waits meanwhile for bytes to travel. What an entry says is written by its writer, as the bytes
-- before and behind what only its place in the chain gives it: the hash of the entry before, `joint`, and its own number.
-- Returns the number of the last entry.
CREATE FUNCTION belay_extend_ledger(
  of_workspace uuid, moment timestamptz, joint bytea,
  befores bytea[], behinds bytea[], kinds text[], actors text[], subjects text[],
  types text[], agents uuid[], subject_ids text[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  head ledger_heads;
  last_hash text;
  entry bytea;
  entries bytea[] := '{}';
  hashes text[] := '{}';
  prev_hashes text[] := '{}';
BEGIN
  SELECT * INTO head FROM ledger_heads WHERE workspace_id = of_workspace FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'workspace % has no ledger', of_workspace;
  END IF;
  last_hash := head.hash;
  FOR place IN 1..cardinality(befores) LOOP
    entry := befores[place] || convert_to(last_hash, 'UTF8') || joint || convert_to((head.seq + place)::text, 'UTF8') || behinds[place];
    entries := entries || entry;
    prev_hashes := prev_hashes || last_hash;
    last_hash := encode(sha256(entry), 'hex');
    hashes := hashes || last_hash;
  END LOOP;
  INSERT INTO ledger_entries (workspace_id, seq, prev_hash, hash, bytes, kind, actor, subject, at)
    SELECT of_workspace, head.seq + e.place, e.prev_hash, e.hash, e.bytes, e.kind, e.actor, e.subject, moment
    FROM unnest(prev_hashes, hashes, entries, kinds, actors, subjects)
      WITH ORDINALITY AS e (prev_hash, hash, bytes, kind, actor, subject, place);
  INSERT INTO outbox (workspace_id, seq, type, agent_id, subject_id, at)
    SELECT of_workspace, head.outbox_seq + o.place, o.type, o.agent_id, o.subject_id, moment
    FROM unnest(types, agents, subject_ids) WITH ORDINALITY AS o (type, agent_id, subject_id, place);
  UPDATE ledger_heads SET seq = head.seq + cardinality(befores), hash = last_hash, outbox_seq = head.outbox_seq + cardinality(types)
    WHERE workspace_id = of_workspace;
  RETURN head.seq + cardinality(befores);
END
$$;
