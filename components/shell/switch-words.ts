import type { KillSwitch } from '@/lib/contracts';

type Words = Pick<KillSwitch, 'scope' | 'mode'>;

/** What a switch stops, as one sentence: "Everything is halted", "Agent crm-writer is read-only". */
export function switchWords({ scope, mode }: Words): string {
  const state = mode === 'halt' ? 'halted' : 'read-only';
  if (scope.type === 'workspace')
    return mode === 'halt' ? 'Everything is halted' : 'Everything is read-only';
  if (scope.type === 'tag') return `Agents tagged ${scope.label} are ${state}`;
  return `${scope.type === 'agent' ? 'Agent' : 'Tool'} ${scope.label} is ${state}`;
}
