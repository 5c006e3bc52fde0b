import { beforeEach, describe, expect, it } from 'vitest';
import { findLogin } from '@/lib/auth/logins';
import { newId, sql } from '@/lib/db';
import { ledgerKinds, makeWorkspace, type TestWorkspace } from '@/lib/services/testing/fixture';
import { closeLogin } from './close';
import { noteFailedSignIn } from './note-failure';
import { openLogin } from './open';

const NOW = new Date();
let first: TestWorkspace;
let second: TestWorkspace;
let personId: string;

beforeEach(async () => {
  first = await makeWorkspace();
  second = await makeWorkspace();
  ({ personId } = first.as('viewer').actor);
  await sql(
    `INSERT INTO memberships (workspace_id, person_id, role, created_at) VALUES ($1, $2, 'viewer', $3)`,
    [second.id, personId, NOW],
  );
});

const entries = (workspace: TestWorkspace) =>
  sql<{ kind: string; actor: string; subject: string }>(
    `SELECT kind, actor, subject FROM ledger_entries WHERE workspace_id = $1 AND kind LIKE 'person.sign%' ORDER BY seq`,
    [workspace.id],
  );

describe('signing in and out', () => {
  it('is in the ledger of every workspace of the person, with the login it opens and ends', async () => {
    const loginId = await openLogin(personId, 'password', NOW);
    expect(await findLogin({ loginId, personId }, NOW)).toBeDefined();
    await closeLogin(loginId, NOW);
    await closeLogin(loginId, NOW);
    await closeLogin(newId(), NOW);
    expect(await findLogin({ loginId, personId }, NOW)).toBeUndefined();
    const by = { actor: `person:${personId}`, subject: `person:${personId}` };
    for (const workspace of [first, second])
      expect(await entries(workspace)).toEqual([
        { kind: 'person.signed_in', ...by },
        { kind: 'person.signed_out', ...by },
      ]);
  });

  it('is in the ledger too when the password was wrong, as nobody', async () => {
    await noteFailedSignIn(personId, NOW);
    expect(await entries(second)).toEqual([
      { kind: 'person.sign_in_failed', actor: 'system', subject: `person:${personId}` },
    ]);
  });

  it('opens no login when the ledger cannot be written', async () => {
    await sql('DELETE FROM ledger_heads WHERE workspace_id = $1', [second.id]);
    await expect(openLogin(personId, 'password', NOW)).rejects.toThrow();
    expect(await sql('SELECT 1 FROM login_sessions WHERE person_id = $1', [personId])).toEqual([]);
    expect(await ledgerKinds(first.id)).not.toContain('person.signed_in');
  });
});
