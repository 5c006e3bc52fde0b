-- A call in which nothing was wrong gives three signals, one a layer. They stand in its decision: as rows of their own they were
-- nearly half of what a decision wrote (decision 0090). Those written before stay where they are.
ALTER TABLE decisions ADD COLUMN quiet_signals json;

-- Every signal an agent ever gave or got. `made` lies near the signal's own id and is what indexes know: say which part of the time
-- is wanted by it.
CREATE VIEW agent_signals AS
  SELECT workspace_id, agent_id, id AS made, id, at, kind, layer, source, source_class, magnitude, layer_delta, score_delta,
    decision_id, detail::json AS detail
  FROM signals
  UNION ALL
  SELECT d.workspace_id, d.agent_id, d.id, q.id, d.decided_at, q.kind, split_part(q.kind, '.', 1), 'belay', 'belay', q.magnitude,
    q."layerDelta", q."scoreDelta", d.id, NULL
  FROM decisions d
  CROSS JOIN LATERAL json_to_recordset(d.quiet_signals)
    AS q (id uuid, kind text, magnitude float8, "layerDelta" float8, "scoreDelta" float8)
  -- Calls that Belay itself put into the queue say nothing about their agent.
  WHERE NOT d.seeded;

-- Nearly every entry is a decision: looking for them by kind needs no index, and looking for the others a small one.
DROP INDEX ledger_entries_kind;
CREATE INDEX ledger_entries_kind ON ledger_entries (workspace_id, kind, seq DESC) WHERE kind <> 'decision.made';

-- Hashes come in no order, so that every entry touched another page of this index, the more the longer the chain. A fork needs two
-- entries with one sequence number, which the primary key refuses (decision 0091).
ALTER TABLE ledger_entries DROP CONSTRAINT ledger_entries_workspace_id_prev_hash_key;
