import { describe, expect, it } from 'vitest';
import { DATA_CLASSES, type Pact } from '@/lib/contracts';
import { pactBreaches } from './pact-check';

const asked: Parameters<typeof pactBreaches>[1] = {
  tool: 'read_note',
  dataClass: 'internal',
  resource: { type: 'folder', id: 'sales/2026' },
  now: Date.parse('2026-11-20T12:00:00Z'),
};
const codes = (pact: Pact, changes: Partial<typeof asked> = {}) =>
  pactBreaches(pact, { ...asked, ...changes }).map(({ reason }) => reason.code);

describe('a pact', () => {
  it('is kept by what it names and by what it leaves open', () => {
    expect(codes({ tools: ['*'] })).toEqual([]);
    expect(
      codes({
        tools: ['read_note'],
        resources: ['sales/*'],
        dataClasses: ['internal'],
        hours: { from: 8, to: 18 },
      }),
    ).toEqual([]);
  });

  it('that names no data classes allows each of them, which is what the console says of it', () => {
    for (const dataClass of DATA_CLASSES)
      expect(pactBreaches({ tools: ['*'] }, { ...asked, dataClass }), dataClass).toEqual([]);
  });

  it('is broken by each clause for itself', () => {
    expect(codes({ tools: ['write_note'] })).toEqual(['pact.tool']);
    expect(codes({ tools: ['*'], dataClasses: ['public'] })).toEqual(['pact.data_class']);
    expect(codes({ tools: ['*'], resources: ['hr/*', 'sales/2025'] })).toEqual(['pact.resource']);
    expect(codes({ tools: ['*'], hours: { from: 18, to: 8 } })).toEqual(['pact.hours']);
    expect(codes({ tools: [], dataClasses: [], resources: [] })).toEqual([
      'pact.tool',
      'pact.data_class',
      'pact.resource',
    ]);
  });

  it('takes a resource by its id or by type and id', () => {
    expect(codes({ tools: ['*'], resources: ['folder/sales/*'] })).toEqual([]);
    expect(codes({ tools: ['*'], resources: ['sales'] })).toEqual(['pact.resource']);
  });

  it('covers nothing that leads up and out of it', () => {
    const resource = { type: 'folder', id: 'sales/../hr/1' };
    expect(codes({ tools: ['*'], resources: ['sales/*'] }, { resource })).toEqual([
      'pact.resource',
    ]);
  });

  it('asks for a person where data is open only for a case and none is named', () => {
    const pact: Pact = { tools: ['*'], caseFor: ['confidential', 'restricted'] };
    expect(codes(pact)).toEqual([]);
    expect(codes({ tools: ['*'] }, { dataClass: 'restricted' })).toEqual([]);
    expect(pactBreaches(pact, { ...asked, dataClass: 'restricted' })).toMatchObject([
      {
        signal: 'context.personal_data_without_case',
        outcome: 'require_approval',
        reason: { code: 'pact.case', remedy: expect.stringContaining('context.case') as string },
      },
    ]);
    expect(codes(pact, { dataClass: 'restricted', caseId: 'C-17' })).toEqual([]);
  });

  it('only asks for a person outside of the working hours, and denies the rest', () => {
    const [late] = pactBreaches({ tools: ['*'], hours: { from: 8, to: 18, days: [1] } }, asked);
    expect(late?.outcome).toBe('require_approval');
    const [tool] = pactBreaches({ tools: [] }, asked);
    expect(tool?.outcome).toBe('deny');
  });
});
