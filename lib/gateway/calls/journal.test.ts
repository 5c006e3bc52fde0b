import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import {
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Journal } from './journal';
import type { Unsent } from './journal-lines';

let folder: string;
let found: Unsent[];
let said: string[];
let open: Journal[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'belay-journal-'));
  [found, said, open] = [[], [], []];
});
afterEach(() => {
  for (const journal of open) journal.close();
  rmSync(folder, { recursive: true, force: true });
});

function journal(more: { mostBytes?: number } = {}): Journal {
  const made = new Journal(folder, {
    onFound: (left) => found.push(...left),
    onTrouble: (sentence) => said.push(sentence),
    ...more,
  });
  open.push(made);
  return made;
}

const unsent = (decisionId: string, output = 'read'): Unsent => ({
  session: `session of ${decisionId}`,
  decisionId,
  outcome: { status: 'succeeded', output },
});
const line = (content: unknown) => `${JSON.stringify(content)}\n`;
const GONE = spawnSync(process.execPath, ['-e', '']).pid;

/** What a gateway of another process left. */
function leave(pid: number, text: string): string {
  const path = join(folder, `${hostname()}~${pid}~${randomUUID()}.jsonl`);
  writeFileSync(path, text);
  return path;
}

const size = () =>
  readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);

describe('outcomes that Belay does not have yet', () => {
  it('outlive a gateway that was killed in the middle of a line, without those that arrived', () => {
    const half = line(unsent('d-4')).slice(0, 40);
    const text = [unsent('d-1'), unsent('d-2'), { done: 'd-1' }, unsent('d-3')].map(line).join('');
    leave(GONE, text + half);
    const mine = journal();
    expect(found).toEqual([unsent('d-2'), unsent('d-3')]);
    expect(said.join()).toContain('1 lines');
    expect(readdirSync(folder)).toHaveLength(1);
    mine.done('d-2');
    expect(size()).toBeGreaterThan(0);
    mine.done('d-3');
    expect(size()).toBe(0);
  });

  it('outlive one gateway after the other, and none of them is told twice', () => {
    leave(GONE, line(unsent('d-1')));
    const first = journal();
    first.add(unsent('d-2'));
    first.close();
    open = [];
    found = [];
    journal();
    expect(found.map(({ decisionId }) => decisionId)).toEqual(['d-1', 'd-2']);
    found = [];
    journal();
    expect(found).toEqual([]);
  });

  it('are left to a gateway that runs, until it has not touched them for long', () => {
    const path = leave(process.ppid, line(unsent('d-1')));
    journal();
    expect(found).toEqual([]);
    const long = new Date(Date.now() - 60_000);
    utimesSync(path, long, long);
    journal();
    expect(found).toEqual([unsent('d-1')]);
  });

  it('are read by nobody else', () => {
    journal().add(unsent('d-1'));
    const [name = ''] = readdirSync(folder);
    expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(folder, name), 'utf8')).toBe(line(unsent('d-1')));
  });

  it('take no more room than they may, also while one of them is never taken', () => {
    const mine = journal();
    mine.add(unsent('stuck'));
    for (let n = 0; n < 100; n += 1) {
      mine.add(unsent(`d-${n}`, 'x'.repeat(40_000)));
      mine.done(`d-${n}`);
    }
    expect(size()).toBeLessThan(1024 * 1024 + 50_000);
    expect(mine.size).toBe(1);
    const small = journal({ mostBytes: 1_000 });
    small.add(unsent('large', 'x'.repeat(2_000)));
    expect(small.size).toBe(0);
    expect(said.join()).toContain('More outcomes wait for Belay');
  });

  it('leave alone what no gateway has put there', () => {
    const others = ['data.jsonl', `${hostname()}~${GONE}~1.jsonl`, 'notes.txt'];
    for (const name of others) writeFileSync(join(folder, name), 'mine\n');
    symlinkSync(join(folder, 'data.jsonl'), join(folder, `h~${GONE}~${randomUUID()}.jsonl`));
    const long = new Date(Date.now() - 60_000);
    for (const name of others) utimesSync(join(folder, name), long, long);
    journal();
    expect([found, said]).toEqual([[], []]);
    for (const name of others) expect(readFileSync(join(folder, name), 'utf8')).toBe('mine\n');
  });

  it('keep the file they were found in until they stand in another', () => {
    leave(GONE, line(unsent('large', 'x'.repeat(2_000))));
    journal({ mostBytes: 1_000 }).close();
    open = [];
    expect(size()).toBeGreaterThan(2_000);
  });

  it('need a folder that can be written to, and the gateway says so', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    folder = join(file, 'below');
    expect(() => journal()).toThrow(/cannot write to its folder .*"state"/);
    folder = join(file, '..');
  });
});
