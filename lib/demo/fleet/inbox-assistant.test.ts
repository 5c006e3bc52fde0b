import { describe, expect, it } from 'vitest';
import { assessInjection, assessProvenance, detectInstructions } from '@/lib/provenance';
import { TOOLS } from '../catalogue';
import { randomOf } from '../random';
import { inboxAssistant } from './inbox-assistant';
import type { Task } from './types';

const planted: readonly (readonly [string, Task])[] = [
  ...(inboxAssistant.specials ?? []).flatMap(({ day, tasks }) =>
    tasks(randomOf('special', inboxAssistant.key, day)).map(
      (task) => [`in the history, day ${day}`, task] as const,
    ),
  ),
  ...[0, 1, 2].flatMap((begun) => {
    const task = inboxAssistant.showpiece?.(randomOf('live', begun, 84));
    return task === undefined ? [] : [[`live, ${begun}`, task] as const];
  }),
];

describe.each(planted)('the planted mail %s', (_, { request, steps }) => {
  const [reading, looking, sending] = steps;
  const reads = [{ id: 'r-1', source: 'mail.read', text: reading?.output ?? '' }];

  it('is read, then a contact is looked up, then it is sent away', () => {
    expect(steps.map(({ tool }) => tool)).toEqual(['mail.read', 'crm.read_contact', 'mail.send']);
    expect(TOOLS.find(({ name }) => name === looking?.tool)?.dataClass).toBe('confidential');
    expect(TOOLS.find(({ name }) => name === sending?.tool)?.egress).toBe(true);
  });

  it('hides its orders behind a character nobody sees, and is found all the same', () => {
    expect(reads[0]?.text).toContain('\u200B');
    expect(reads[0]?.text).not.toContain('ignore all previous');
    expect(detectInstructions(reads[0]?.text ?? '').score).toBeGreaterThan(0.9);
  });

  it('gives itself away where the record goes, not in the request', () => {
    const tool = TOOLS.find(({ name }) => name === sending?.tool);
    if (tool === undefined || sending === undefined) throw new Error('mail.send is a tool');
    const provenance = assessProvenance({ request, reads, arguments: sending.arguments });
    const address = provenance.arguments.find(({ path }) => path === '/to');
    expect(address).toMatchObject({ origin: 'third_party', whole: true });
    const injection = assessInjection({ request, reads, provenance, tool });
    expect(injection.level).toBe('recognised');
  });
});
