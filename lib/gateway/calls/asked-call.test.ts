import { describe, expect, it } from 'vitest';
import type { Json } from '@/lib/contracts';
import { Upstream } from '../upstream/upstream';
import { upstreamSchema } from '../config/schema';
import { askedCall } from './asked-call';

const config = upstreamSchema.parse({
  url: 'http://localhost:1/mcp',
  resources: { read: { type: 'file', id: 'path' } },
});
const upstream = new Upstream(
  'files',
  config,
  () => Promise.reject(new Error('no secrets')),
  () => undefined,
);
const ask = (tool: string, given: Record<string, Json>) =>
  askedCall(
    { name: `files.${tool}`, tool: { name: tool, inputSchema: { type: 'object' } }, upstream },
    given,
  );

describe('what a call acts on', () => {
  it('is the argument that the configuration names, whole', () => {
    const path = `/public/${'x'.repeat(992)}`;
    expect(ask('read', { path })).toMatchObject({ resource: { type: 'file', id: path } });
    expect(ask('read', { path: 7 })).toMatchObject({ resource: { type: 'file', id: '7' } });
    expect(ask('list', {})).toMatchObject({ resource: { type: 'mcp', id: 'files' } });
  });

  it.each<[string, Record<string, Json>]>([
    ['is too long to be told whole', { path: `/public/${'./'.repeat(500)}../etc/shadow` }],
    ['is a list', { path: ['/etc/shadow'] }],
    ['is an object', { path: {} }],
    ['is a truth value', { path: true }],
    ['is empty', { path: '' }],
    ['is null', { path: null }],
    ['is absent', {}],
  ])('cannot be told when it %s: the call is refused', (_, given) => {
    expect(JSON.stringify(ask('read', given))).toContain('"refused":"The argument \\"path\\"');
  });
});
