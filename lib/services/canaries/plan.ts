/** Seals the canaries of the coming day. */
import { randomBytes, randomInt } from 'node:crypto';
import type { CanaryTemplate, VigilanceBody } from '@/lib/contracts';
import { newId, type Sql } from '@/lib/db';
import { appendLedger } from '@/lib/decide';
import { commitmentOf, type Sealed } from './commitment';
import { DEFAULT_TEMPLATES } from './default-templates';

const DAY_MS = 86_400_000;
/** A tool that was asked for within as many days is in use. */
const ASKED_FOR_DAYS = 30;

/**
 * Plans as many as a manager wants, at random times of the next 24 hours, and writes their commitments into the ledger in one
 * entry. When they come, nothing is written: an entry of that moment would tell. The caller holds the lock of the chores.
 */
export async function sealDay(
  sql: Sql,
  workspaceId: string,
  settings: VigilanceBody,
  now: number,
): Promise<void> {
  const templates = await suited(
    sql,
    workspaceId,
    settings.canaryTemplates ?? DEFAULT_TEMPLATES,
    now,
  );
  const sealed = Array.from({ length: settings.canariesPerDay }, () => draft(templates, now));
  await sql('UPDATE vigilance_chores SET sealed_until = $2 WHERE workspace_id = $1', [
    workspaceId,
    new Date(now + DAY_MS),
  ]);
  if (sealed.length === 0) return;
  // By chance as well: the order of the commitments says nothing of the order of the times.
  const commitments = sealed.map(commitmentOf).sort();
  await sql(
    `INSERT INTO canaries (workspace_id, id, template, nonce, commitment, due_at)
     SELECT $1, c.id, c.template::jsonb, c.nonce, c.commitment, c.due_at
     FROM unnest($2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[]) AS c (id, template, nonce, commitment, due_at)`,
    [
      workspaceId,
      sealed.map(({ id }) => id),
      sealed.map(({ template }) => JSON.stringify(template)),
      sealed.map(({ nonce }) => nonce),
      sealed.map(commitmentOf),
      sealed.map(({ dueAt }) => new Date(dueAt)),
    ],
  );
  const note = {
    kind: 'canaries.sealed',
    actor: 'belay',
    subject: 'workspace',
    body: { commitments, until: new Date(now + DAY_MS).toISOString() },
  };
  await appendLedger(sql, workspaceId, [note], [], now);
}

function draft(templates: readonly CanaryTemplate[], now: number): Sealed {
  const template = templates[randomInt(templates.length)] ?? DEFAULT_TEMPLATES[0];
  if (template === undefined) throw new Error('there is no template for a canary');
  return {
    id: newId(now),
    template,
    dueAt: now + randomInt(DAY_MS),
    nonce: randomBytes(32).toString('hex'),
  };
}

/**
 * Those whose tool somebody asked for lately, else those whose tool the workspace knows, else all: a tool that no agent uses would
 * give a canary away, or find no agent that may ask for it.
 */
async function suited(
  sql: Sql,
  workspaceId: string,
  templates: readonly CanaryTemplate[],
  now: number,
): Promise<readonly CanaryTemplate[]> {
  const rows = await sql<{ name: string; known: boolean; asked: boolean }>(
    `SELECT name, EXISTS (SELECT 1 FROM tools t WHERE t.workspace_id = $1 AND t.name = names.name) AS known,
       EXISTS (SELECT 1 FROM approvals ap JOIN decisions d ON d.workspace_id = ap.workspace_id AND d.id = ap.decision_id
         WHERE ap.workspace_id = $1 AND ap.tool = names.name AND NOT d.seeded
           AND ap.requested_at > $3::timestamptz - interval '${ASKED_FOR_DAYS} days') AS asked
     FROM unnest($2::text[]) AS names (name)`,
    [workspaceId, [...new Set(templates.map(({ tool }) => tool))], new Date(now)],
  );
  const named = (which: 'asked' | 'known') =>
    new Set(rows.filter((row) => row[which]).map(({ name }) => name));
  for (const names of [named('asked'), named('known')]) {
    const fitting = templates.filter(({ tool }) => names.has(tool));
    if (fitting.length > 0) return fitting;
  }
  return templates;
}
