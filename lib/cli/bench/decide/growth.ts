/** A million decisions of ten thousand agents, with a ledger of a gigabyte, as months of work leave them. */
import pg from 'pg';

const DECISIONS = 1_000_000;
const AGENTS = 10_000;
const ENTRY_BYTES = 1_000;
const STEP = 50_000;

/** Copies of one decision, permit and ledger entry with other ids, spread over the month so far; the chain is not one to verify. */
export async function fillHistory(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  try {
    process.stdout.write('\nWriting a million decisions …\n');
    await client.query(COPY_AGENTS, [AGENTS]);
    for (let from = 0; from < DECISIONS; from += STEP) {
      await client.query(COPY_DECISIONS, [from, STEP, DECISIONS]);
      await client.query(COPY_ENTRIES, [STEP, ENTRY_BYTES]);
    }
    await client.query('VACUUM ANALYZE');
    const { rows } = await client.query<Record<string, string>>(SIZES);
    process.stdout.write(`${JSON.stringify(rows[0])}\n`);
  } finally {
    await client.end();
  }
}

const WORKSPACE = `(SELECT workspace_id FROM decisions GROUP BY 1 ORDER BY count(*) DESC LIMIT 1)`;

/** Every column of one row, with some of them replaced. */
const COPY_AGENTS = `
WITH one AS (SELECT a AS agent, p AS pact, t AS trust FROM agents a
    JOIN pacts p ON p.workspace_id = a.workspace_id AND p.agent_id = a.id
    JOIN trust_states t ON t.workspace_id = a.workspace_id AND t.agent_id = a.id
    WHERE a.workspace_id = ${WORKSPACE} LIMIT 1),
  ids AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $1::int) n),
  made AS (INSERT INTO agents SELECT (jsonb_populate_record((one.agent), jsonb_build_object('id', ids.id, 'name', 'old ' || ids.n))).*
    FROM one, ids RETURNING workspace_id, id),
  pacted AS (INSERT INTO pacts SELECT (jsonb_populate_record((one.pact), jsonb_build_object('agent_id', made.id))).* FROM one, made)
INSERT INTO trust_states SELECT (jsonb_populate_record((one.trust), jsonb_build_object('agent_id', made.id))).* FROM one, made`;

const COPY_DECISIONS = `
WITH one AS (SELECT d AS decision, p AS permit FROM decisions d JOIN permits p ON p.workspace_id = d.workspace_id AND p.decision_id = d.id
    WHERE d.workspace_id = ${WORKSPACE} LIMIT 1),
  old AS (SELECT array_agg(id) AS ids FROM agents WHERE name LIKE 'old %'),
  at AS (SELECT n, date_trunc('month', now()) + (now() - date_trunc('month', now())) * (n::float8 / $3::int) AS at
    FROM generate_series($1::int, $1::int + $2::int - 1) n),
  new AS (SELECT n, at, (left(belay_uuid_at(at)::text, 14) || substr(gen_random_uuid()::text, 15))::uuid AS id,
    old.ids[1 + n % array_length(old.ids, 1)] AS agent_id FROM at, old),
  made AS (INSERT INTO decisions SELECT (jsonb_populate_record((one.decision),
    jsonb_build_object('id', new.id, 'agent_id', new.agent_id, 'decided_at', new.at))).* FROM one, new)
INSERT INTO permits SELECT (jsonb_populate_record((one.permit), jsonb_build_object('id', gen_random_uuid(), 'decision_id', new.id,
  'agent_id', new.agent_id, 'issued_at', new.at, 'expires_at', new.at + interval '5 minutes', 'redeemed_at', new.at))).* FROM one, new`;

const COPY_ENTRIES = `
WITH head AS (SELECT workspace_id, seq FROM ledger_heads WHERE workspace_id = ${WORKSPACE} FOR UPDATE),
  made AS (INSERT INTO ledger_entries (workspace_id, seq, prev_hash, hash, bytes, kind, actor, subject, at)
    SELECT head.workspace_id, head.seq + n, encode(sha256((head.seq + n - 1)::text::bytea), 'hex'),
      encode(sha256((head.seq + n)::text::bytea), 'hex'),
      convert_to(left(repeat(md5((head.seq + n)::text), 40), $2::int), 'UTF8'), 'decision.made', 'agent:' || gen_random_uuid(),
      'decision:' || gen_random_uuid(), now()
    FROM head, generate_series(1, $1::int) n RETURNING 1)
UPDATE ledger_heads h SET seq = h.seq + $1::int, hash = encode(sha256((h.seq + $1::int)::text::bytea), 'hex')
FROM head WHERE h.workspace_id = head.workspace_id`;

const SIZES = `SELECT (SELECT count(*) FROM decisions) AS decisions, (SELECT count(*) FROM agents) AS agents,
  pg_size_pretty(pg_total_relation_size('ledger_entries')) AS ledger, pg_size_pretty(pg_database_size(current_database())) AS database`;
