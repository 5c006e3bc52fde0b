import { beforeEach, describe, expect, it } from 'vitest';
import { accessModelInputSchema, basePolicyInputSchema } from '@/lib/contracts';
import { sql } from '@/lib/db';
import { getBasePolicy } from '@/lib/services/base-policy/get';
import { setBasePolicy } from '@/lib/services/base-policy/set';
import { ledgerKinds, makeWorkspace, type TestWorkspace } from '@/lib/services/testing/fixture';
import { getAccessModel } from './get-model';
import { setAccessModel } from './set-model';
import { subjectPolicyOf } from './subject-policy';

let workspace: TestWorkspace;
beforeEach(async () => {
  workspace = await makeWorkspace();
});

const input = (changes: object = {}) =>
  accessModelInputSchema.parse({
    policies: 'permit (principal == user::"ann", action, resource);',
    entities: [{ uid: { type: 'user', id: 'ann' } }],
    reason: 'For a test',
    basedOn: 0,
    ...changes,
  });
const question = (id = 'ann') => ({
  subject: { type: 'user', id },
  action: { name: 'read' },
  resource: { type: 'note', id: 'n-1' },
});
const decide = async (id?: string, at = workspace) =>
  (await (await subjectPolicyOf(at.id)).decide(question(id))).decision;

describe('an access model', () => {
  it('is empty at first, and then nobody is permitted anything, with the reason why', async () => {
    expect(await getAccessModel(workspace.as('viewer'))).toMatchObject({
      version: 0,
      entities: [],
    });
    const { decide: ask } = await subjectPolicyOf(workspace.id);
    expect(await ask(question())).toMatchObject({
      decision: false,
      context: { reasons: [{ code: 'subject.no_base_policy' }] },
    });
  });

  it('counts from its acknowledgement on, in its own workspace', async () => {
    const other = await makeWorkspace();
    const made = await setAccessModel(workspace.as('admin'), input());
    expect(made).toMatchObject({ version: 1, basePolicyVersion: 1, createdBy: 'The admin' });
    expect(await getAccessModel(workspace.as('viewer'))).toEqual(made);
    expect([await decide(), await decide('bob'), await decide('ann', other)]).toEqual([
      true,
      false,
      false,
    ]);
    await setAccessModel(workspace.as('admin'), input({ policies: '', basedOn: 1 }));
    expect(await decide()).toBe(false);
    expect(await ledgerKinds(workspace.id)).toEqual([
      'workspace.created',
      'access_model.changed',
      'access_model.changed',
    ]);
  });

  it('is one with the base policy in its versions, and each leaves the other as it is', async () => {
    await setBasePolicy(
      workspace.as('admin'),
      basePolicyInputSchema.parse({
        kind: 'opa',
        url: 'http://127.0.0.1:9',
        path: 'x',
        token: 'word',
        reason: 'For a test',
        basedOn: 0,
      }),
    );
    await setAccessModel(workspace.as('admin'), input({ basedOn: 1 }));
    expect(await getBasePolicy(workspace.as('viewer'))).toMatchObject({
      version: 2,
      kind: 'opa',
      url: 'http://127.0.0.1:9',
      hasToken: true,
    });
    expect((await subjectPolicyOf(workspace.id)).outside).toBe(true);
    const nobody = basePolicyInputSchema.parse({ kind: 'none', reason: 'For a test', basedOn: 2 });
    await setBasePolicy(workspace.as('admin'), nobody);
    expect(await getAccessModel(workspace.as('viewer'))).toMatchObject({
      version: 2,
      basePolicyVersion: 3,
    });
    expect(await decide()).toBe(true);
  });

  it('is written by admins who saw the newest one', async () => {
    await expect(setAccessModel(workspace.as('manager'), input())).rejects.toMatchObject({
      kind: 'forbidden',
    });
    await setAccessModel(workspace.as('admin'), input());
    await expect(setAccessModel(workspace.as('admin'), input())).rejects.toMatchObject({
      code: 'stale_version',
    });
  });

  it('is refused whole when it is not valid, and loses nothing', async () => {
    await setAccessModel(workspace.as('admin'), input());
    for (const broken of [
      { policies: 'allow;' },
      { schema: 'entity' },
      { entities: [{ uid: { type: 'a b', id: 'x' } }] },
    ])
      await expect(
        setAccessModel(workspace.as('admin'), input({ ...broken, basedOn: 1 })),
      ).rejects.toMatchObject({ kind: 'unprocessable', code: 'invalid_access_model' });
    expect(await decide()).toBe(true);
    const [row] = await sql<{ n: number }>(
      'SELECT count(*)::int AS n FROM base_policies WHERE workspace_id = $1',
      [workspace.id],
    );
    expect(row?.n).toBe(1);
  });

  it('is bounded', () => {
    const entities = Array.from({ length: 5_001 }, (_, n) => ({ uid: { type: 'u', id: `${n}` } }));
    expect(() => input({ entities })).toThrow();
    expect(() => input({ policies: ' '.repeat(65 * 1024) })).toThrow();
  });
});
