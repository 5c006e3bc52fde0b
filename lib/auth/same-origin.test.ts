import { beforeAll, describe, expect, it } from 'vitest';
import { changeEnvironment } from '@/lib/env';
import { requireSameOrigin } from './same-origin';

beforeAll(() => changeEnvironment({ BELAY_URL: 'https://belay.example.org' }));

const write = (headers: Record<string, string>, method = 'POST') =>
  new Request('http://127.0.0.1:3000/api/v1/tools', {
    method,
    headers: { host: '127.0.0.1:3000', ...headers },
  });

describe('writes with a cookie', () => {
  it.each([
    ['from the console, as the browser says', { 'sec-fetch-site': 'same-origin' }],
    ['from the published address, behind a proxy', { origin: 'https://belay.example.org' }],
    ['from the host that was asked', { origin: 'http://127.0.0.1:3000' }],
    ['from a program that is no browser', {}],
  ])('pass %s', (_, headers) => {
    expect(() => requireSameOrigin(write(headers))).not.toThrow();
  });

  it.each([
    ['another site', { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }],
    ['a sister site', { 'sec-fetch-site': 'same-site' }],
    ['another origin', { origin: 'https://evil.example' }],
    ['another port of the same host', { origin: 'http://127.0.0.1:3001' }],
    ['a sandboxed page', { origin: 'null' }],
  ])('are refused from %s', (_, headers) => {
    expect(() => requireSameOrigin(write(headers))).toThrow(
      expect.objectContaining({ code: 'cross_site' }),
    );
  });

  it('are what it looks at: reads pass from everywhere', () => {
    const read = write({ 'sec-fetch-site': 'cross-site' }, 'GET');
    expect(() => requireSameOrigin(read)).not.toThrow();
  });
});
