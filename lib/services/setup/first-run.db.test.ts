import { expect, it } from 'vitest';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { sql } from '@/lib/db';
import { verifyLedgerOf } from '@/lib/services/ledger/verify';
import { firstRun } from './first-run';

it('sets up a fresh database once, whoever starts at the same time', async () => {
  const now = new Date();
  const runs = await Promise.all([1, 2, 3].map(() => firstRun({ demo: true, now })));
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

it('does not bring back a demo fleet that was removed', async () => {
  await sql(`DELETE FROM workspaces WHERE kind = 'demo'`);
  expect(await firstRun({ demo: true, now: new Date() })).toEqual({ admin: undefined });
  expect(await sql(`SELECT 1 FROM workspaces WHERE kind = 'demo'`)).toEqual([]);
});
