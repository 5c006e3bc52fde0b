import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { TOOLS } from './catalogue';
import { FLEET } from './fleet';
import { PEOPLE, REVIEWERS } from './people';
import { DAY_MS, HISTORY_DAYS, tasksOfDay } from './timeline';

const MONDAY = Date.UTC(2026, 7, 31);

function everything(start: number) {
  return FLEET.flatMap((agent) =>
    Array.from({ length: HISTORY_DAYS + 1 }, (_, day) => tasksOfDay(agent, start, day)).flat(),
  );
}

describe('the timeline of the demo fleet', () => {
  const all = everything(MONDAY);

  it('gives the same tasks for the same seed and day', () => {
    expect(JSON.stringify(everything(MONDAY))).toBe(JSON.stringify(all));
  });

  it('is another one when the history begins on another day of the week', () => {
    expect(JSON.stringify(everything(MONDAY + DAY_MS))).not.toBe(JSON.stringify(all));
  });

  it('names every session once', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  it('is quieter on weekends', () => {
    const onDay = (weekday: number) =>
      all.filter(({ at }) => new Date(at).getUTCDay() === weekday).length;
    expect(onDay(0) + onDay(6)).toBeLessThan(onDay(2));
  });

  it('uses only tools of its catalogue', () => {
    const names = new Set(TOOLS.map(({ name }) => name));
    const used = new Set(all.flatMap(({ task }) => task.steps.map(({ tool }) => tool)));
    expect([...used].filter((tool) => !names.has(tool))).toEqual([]);
  });

  it('leaves every agent a reviewer who does not own it', () => {
    for (const { owner } of FLEET) {
      expect(PEOPLE[owner]).toBeDefined();
      expect(REVIEWERS.filter((key) => key !== owner).length).toBeGreaterThan(0);
    }
  });
});

describe('the fleet is its own', () => {
  it('names no tool, suite or file of the recorded sessions', () => {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
    for (const name of recordedTools()) expect(sources).not.toContain(`'${name}'`);
    expect(sources).not.toContain('shared/data');
  });
});

/** Names of tools in the recorded sessions, where those are at hand. */
function recordedTools(): string[] {
  const catalogue = fileURLToPath(new URL('../../../shared/data/tools.json', import.meta.url));
  if (!existsSync(catalogue)) return [];
  const text = readFileSync(catalogue, 'utf8');
  return [...text.matchAll(/"([a-z]+_[a-z_]+)"/g)].flatMap(([, name]) => name ?? []);
}
