/**
 * Who may decide and who may change what decisions depend on, in one queue. Row locks alone would let an endless stream of
 * batches overtake a kill switch that waits; PostgreSQL's advisory locks are granted in the order they are asked for.
 */
import type { Sql } from '@/lib/db';

/** The first lock of every batch and redemption: many at a time, but none past a change that waits. */
export async function shareEpochs(sql: Sql, workspaceId: string): Promise<void> {
  await sql(`SELECT pg_advisory_xact_lock_shared(hashtextextended('belay.epochs ' || $1, 0))`, [
    workspaceId,
  ]);
}

/** The first lock of every change of switches, ladders, policies and tools: alone, after the batches that are under way. */
export async function seizeEpochs(sql: Sql, workspaceId: string): Promise<void> {
  await sql(`SELECT pg_advisory_xact_lock(hashtextextended('belay.epochs ' || $1, 0))`, [
    workspaceId,
  ]);
}
