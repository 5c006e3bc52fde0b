import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { replayCommand } from './command';
import {
  readCatalogue,
  readResults,
  readSessions,
  requireFiles,
  type RecordedSession,
} from './recorded';

const folder = mkdtempSync(join(tmpdir(), 'belay-recording-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function sessionsOf(paths: readonly string[]): Promise<RecordedSession[]> {
  const sessions: RecordedSession[] = [];
  for await (const session of readSessions(paths)) sessions.push(session);
  return sessions;
}

/** The examples of the document, in its order: a session, the tools, a result. */
const [session = '', tools = '', result = ''] = [
  ...readFileSync('docs/recordings.md', 'utf8').matchAll(/```json\n(.*?)```/gs),
].map(([, json = '']) => JSON.stringify(JSON.parse(json)));

describe('the format of docs/recordings.md', () => {
  const files = [join(folder, 'train', 'mail.jsonl')];
  mkdirSync(join(folder, 'train'));
  writeFileSync(files[0] ?? '', `${session}\n`);
  writeFileSync(join(folder, 'tools.json'), tools);
  writeFileSync(join(folder, 'train', 'tool_results.jsonl.gz'), gzipSync(`${result}\n`));

  it('is what the replay reads', async () => {
    const sessions = await sessionsOf(files);
    expect(sessions.map(({ steps }) => steps.length)).toEqual([2]);
    const described = readCatalogue(files).map(({ tool }) => tool);
    expect(described).toEqual(sessions[0]?.steps.map(({ tool }) => tool));
    const texts = await readResults(files);
    expect(texts.get(sessions[0]?.steps[0]?.tool_result_ref ?? '')).toContain('Invoice');
  });

  it('names the line that is something else', async () => {
    const path = join(folder, 'broken.jsonl');
    writeFileSync(path, `${session}\n{"session_id": 1}\n`);
    await expect(sessionsOf([path])).rejects.toThrow(`${path}:2 is not`);
  });

  it('names the file that is not there before anything is sent', async () => {
    const missing = 'recordings/*.jsonl.gz';
    expect(() => requireFiles([...files, missing])).toThrow(`No such file: ${missing}`);
    const typed = { url: 'http://127.0.0.1:9', key: 'bk', reviewer: 'none', rung: '4' };
    const options = { ...typed, concurrency: '1', agents: 'session' };
    await expect(replayCommand([missing], options)).rejects.toThrow(`No such file: ${missing}`);
  });
});
