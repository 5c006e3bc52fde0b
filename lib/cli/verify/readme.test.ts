import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasPermission, PERMISSIONS, type Permission } from '@/lib/auth/permissions';
import { KEY_ROLES, overrideInputSchema, pactChangeSchema, toolInputSchema } from '@/lib/contracts';
import { envSchema } from '@/lib/env/schema';
import { barOf, defaultLadder } from '@/lib/trust/ladder';

const readme = readFileSync('README.md', 'utf8');

/** Variables that are not for a person to set: those of others, and what one process of Belay tells those it starts. */
const FOREIGN = ['NODE_ENV', 'CI', 'npm_lifecycle_event', 'BELAY_IS_PLANE'];

/** Of the bodies in its commands, in their order. */
const SCHEMAS = [overrideInputSchema, toolInputSchema, pactChangeSchema];

/** What each row of the table of roles stands for. */
const ROWS: Readonly<Record<string, readonly Permission[]>> = {
  'read the workspace': ['workspace.read'],
  'decide approvals and comment on them': ['approvals.decide', 'approvals.comment'],
  'work on incidents, lift restrictions, set kill switches, export the ledger': [
    'incidents.manage',
    'restrictions.lift',
    'switches.set',
    'ledger.export',
  ],
  'record evidence about agents': ['signals.record'],
  'release kill switches': ['switches.release'],
  'register and change agents, describe tools, pin rungs': [
    'agents.edit',
    'tools.edit',
    'overrides.edit',
  ],
  'change the ladder, policies and how reviewing is watched': [
    'ladders.edit',
    'policies.edit',
    'reviewing.manage',
  ],
  'manage people, API keys, secrets of tools and the workspace': [
    'people.manage',
    'keys.manage',
    'workspace.manage',
    'secrets.manage',
  ],
  'speak for agents, open the secrets of their tools': ['agents.speak', 'secrets.open'],
};

/** The cells of the table row that begins with `first`. */
function rowOf(first: string): string[] {
  const line = readme.split('\n').find((text) => text.startsWith(`| ${first} `)) ?? '';
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

describe('the README', () => {
  it('names every setting', () => {
    const settings = Object.keys(envSchema.shape).filter((name) => !FOREIGN.includes(name));
    expect(settings.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
  });

  it('names every command of belay', () => {
    const source = readFileSync('lib/cli/main.ts', 'utf8');
    const words = [...source.matchAll(/\.command\('(\w[\w-]*)'\)/g)].map((match) => match[1] ?? '');
    expect(words.length).toBeGreaterThan(4);
    expect(words.filter((word) => !new RegExp(`\`([a-z]+ )?${word}\\b`).test(readme))).toEqual([]);
  });

  it('says of every permission which roles have it', () => {
    expect(Object.values(ROWS).flat().sort()).toEqual(Object.keys(PERMISSIONS).sort());
    const header = rowOf('may').slice(1);
    expect(header).toEqual([...KEY_ROLES]);
    for (const [row, permissions] of Object.entries(ROWS)) {
      const marks = rowOf(row)
        .slice(1)
        .map((cell) => cell === 'x');
      for (const permission of permissions)
        expect(marks, permission).toEqual(KEY_ROLES.map((role) => hasPermission(role, permission)));
    }
  });

  it('gives bodies that the server takes', () => {
    const bodies = [
      // The shell puts the moment there, between two pieces of the body.
      ...readme.replace(`'"$MOMENT"'`, '2030-01-31T18:00:00Z').matchAll(/-d '(.*?)'/gs),
    ].map(([, json = '']): unknown => JSON.parse(json));
    expect(bodies).toHaveLength(SCHEMAS.length);
    const errors = SCHEMAS.map((schema, index) => schema.safeParse(bodies[index]).error);
    expect(errors).toEqual(SCHEMAS.map(() => undefined));
  });

  it('says what the second rung takes as the ladder does', () => {
    const words = readme.replaceAll(/\s+/g, ' ');
    expect(words).toContain(`Rung 2 takes a score of ${barOf(defaultLadder, 2)}`);
    expect(words).toContain(
      `evidence worth ${defaultLadder.minimumEvidence} actions in every layer`,
    );
    expect(words).toContain('for a day without a break');
    expect(defaultLadder.dwellSeconds).toBe(86_400);
  });
});
