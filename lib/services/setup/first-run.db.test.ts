import { expect, it } from 'vitest';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { sql } from '@/lib/db';
import { verifyLedgerOf } from '@/lib/services/ledger/verify';
import { firstRun } from './first-run';

const SINCE = new Date('2026-08-01T00:00:00Z');

it('sets up a fresh database once, whoever starts at the same time', async () => {
  const now = new Date();
  const runs = await Promise.all([1, 2, 3].map(() => firstRun({ demo: SINCE, now })));
  const admins = runs.flatMap(({ admin }) => admin ?? []);
  expect(admins).toHaveLength(1);
  const workspaces = await sql<{ id: string; slug: string; kind: string; role: string }>(
    'SELECT w.id, w.slug, w.kind, m.role FROM workspaces w JOIN memberships m ON m.workspace_id = w.id ORDER BY w.slug',
  );
  expect(workspaces.map(({ slug, kind, role }) => [slug, kind, role])).toEqual([
    ['default', 'own', 'admin'],
    ['demo-fleet', 'demo', 'admin'],
  ]);
  const [admin] = admins;
  const credentials = { email: admin?.email ?? '', password: admin?.oneTimePassword ?? '' };
  expect(await signInWithPassword(credentials, now)).toBeDefined();
  for (const { id } of workspaces)
    expect(await verifyLedgerOf(id)).toMatchObject({ ok: true, checked: 1 });
});

it('dates what the demo fleet stands on before its history', async () => {
  for (const table of ['ladders', 'policies'])
    expect(
      await sql(
        `SELECT v.created_at AS at FROM ${table} v JOIN workspaces w ON w.id = v.workspace_id
         WHERE w.kind = 'demo' AND w.created_at = v.created_at`,
      ),
      table,
    ).toEqual([{ at: SINCE }]);
});

it('does not bring back a demo fleet that was removed', async () => {
  await sql(`DELETE FROM workspaces WHERE kind = 'demo'`);
  expect(await firstRun({ demo: SINCE, now: new Date() })).toEqual({ admin: undefined });
  expect(await sql(`SELECT 1 FROM workspaces WHERE kind = 'demo'`)).toEqual([]);
});
