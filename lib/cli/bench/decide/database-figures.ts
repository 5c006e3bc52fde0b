/** What PostgreSQL itself says while a load runs: how many decisions a transaction took, and who waited for a lock. */
import pg from 'pg';

const SAMPLE_MS = 50;

export interface DatabaseFigures {
  /** Decisions a transaction of the committer, on average. */
  readonly batch: number;
  /** Connections of Belay that waited for a lock, on average over time. */
  readonly waiting: number;
}

/** Begins to watch. @returns ends it, with what was seen since */
export async function watchDatabase(url: string): Promise<() => Promise<DatabaseFigures>> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  const { rows } = await client.query<{ now: Date }>('SELECT now() AS now');
  const since = rows[0]?.now;
  const samples: number[] = [];
  const sample = async () => {
    const { rows: seen } = await client.query<{ waiting: number }>(
      `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE application_name = 'belay' AND wait_event_type = 'Lock'`,
    );
    samples.push(seen[0]?.waiting ?? 0);
  };
  let sampling = Promise.resolve();
  const timer = setInterval(() => {
    sampling = sampling.then(sample);
  }, SAMPLE_MS);
  return async () => {
    clearInterval(timer);
    await sampling;
    // All decisions of a transaction have its time. Two processes that hit the same millisecond count as one.
    const { rows: made } = await client.query<{ batch: number | null }>(
      `SELECT count(*)::float8 / nullif(count(DISTINCT (workspace_id, decided_at)), 0) AS batch FROM decisions WHERE decided_at >= $1`,
      [since],
    );
    await client.end();
    const waiting = samples.reduce((sum, count) => sum + count, 0) / Math.max(1, samples.length);
    return { batch: made[0]?.batch ?? 0, waiting };
  };
}
