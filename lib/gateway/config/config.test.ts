import { describe, expect, it } from 'vitest';
import { lineOf } from './json-place';
import { parseConfig } from './read';

const AGENT = '01999999-0000-7000-8000-000000000001';
const config = (changes: Record<string, unknown> = {}) => ({
  belay: { key: { env: 'BELAY_KEY' } },
  serve: { stdio: { agent: AGENT } },
  upstreams: { files: { command: 'node', args: ['server.mjs'] } },
  ...changes,
});
const complaint = (value: unknown): string => {
  try {
    parseConfig(typeof value === 'string' ? value : JSON.stringify(value, null, 2), 'gateway.json');
    return 'nothing';
  } catch (error) {
    return error instanceof Error ? error.message : '';
  }
};

describe('the configuration of a gateway', () => {
  it('has defaults for everything but the key, the agent and the servers', () => {
    expect(parseConfig(JSON.stringify(config()), 'gateway.json')).toMatchObject({
      belay: { url: 'http://localhost:3000' },
      waiting: { seconds: 45 },
      tools: { separator: '.' },
      upstreams: { files: { protocol: 'auto', timeoutSeconds: 60 } },
    });
  });

  it('listens on this machine alone unless told', () => {
    const { serve } = parseConfig(JSON.stringify(config({ serve: { http: {} } })), 'gateway.json');
    expect(serve).toMatchObject({ http: { host: '127.0.0.1', port: 3300 } });
  });

  it.each([
    [
      'a member nobody knows',
      { ...config(), upstream: {} },
      'gateway.json:20 "upstream" is not a setting of the gateway.',
    ],
    [
      'a server with neither command nor address',
      config({ upstreams: { files: {} } }),
      'gateway.json:13 "upstreams.files" needs either "command", to start the server, or "url", where it answers.',
    ],
    [
      'headers for a program',
      config({ upstreams: { files: { command: 'node', headers: {} } } }),
      'gateway.json:15 "upstreams.files.headers" does not go with "command".',
    ],
    [
      'the name of a server with a dot, which could pass for another one',
      config({ upstreams: { 'a.b': { command: 'node' } } }),
      '"upstreams.a.b" must begin with a lower-case letter',
    ],
    [
      'a key that stands in the file',
      config({ belay: { key: 'bk_1' } }),
      'does not belong in this file',
    ],
    ['no server', config({ upstreams: {} }), '"upstreams" needs at least one MCP server.'],
    [
      'no agent',
      config({ serve: { stdio: { agent: 'me' } } }),
      'gateway.json:9 "serve.stdio.agent" must be the id of an agent.',
    ],
  ])('names the line of %s', (_, value, sentence) => {
    expect(complaint(value)).toContain(sentence);
  });

  it('names the line where it stops being JSON', () => {
    expect(complaint('{\n  "belay": {\n    oops\n  }\n}')).toMatch(/^gateway\.json:3 is not JSON/);
  });
});

describe('the place of a value', () => {
  const text = '{\n  "a": [\n    1,\n    {"b\\"c": "}"}\n  ],\n  "d": 2\n}';
  it.each([
    [['a'], 2],
    [['a', 0], 3],
    [['a', 1, 'b"c'], 4],
    [['d'], 6],
    [['a', 1, 'missing'], 4],
    [[], 1],
  ])('%j is line %i', (path, line) => {
    expect(lineOf(text, path)).toBe(line);
  });
});
