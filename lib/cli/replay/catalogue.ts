import type { Risk, ToolInput } from '@/lib/contracts';
import { DATA_CLASSES, RISKS } from '@/lib/contracts';
import type { RecordedTool } from './recorded';

/** How much harm an effect can do when it can be taken back, and when it cannot. */
const RISK: Readonly<Record<string, readonly [reversible: Risk, irreversible: Risk]>> = {
  read: ['low', 'low'],
  read_marks: ['low', 'low'],
  compute: ['low', 'low'],
  network_read: ['medium', 'medium'],
  write: ['low', 'medium'],
  booking: ['medium', 'medium'],
  access: ['medium', 'high'],
  send: ['medium', 'medium'],
  handoff: ['low', 'low'],
  destructive: ['medium', 'high'],
  financial: ['medium', 'high'],
  credential: ['critical', 'critical'],
};
const EGRESS = new Set(['send', 'network_read', 'access']);

/** The recorded catalogue as Belay's: a name that occurs in two suites gets the more careful facts of both. */
export function toolInputs(recorded: readonly RecordedTool[]): ToolInput[] {
  const tools = new Map<string, ToolInput>();
  for (const item of recorded) {
    const made = toolInput(item);
    const known = tools.get(made.name);
    tools.set(made.name, known === undefined ? made : moreCareful(known, made));
  }
  return [...tools.values()];
}

function toolInput(item: RecordedTool): ToolInput {
  const [reversible, irreversible] = RISK[item.effect] ?? ['high', 'high'];
  const canUndo = !item.side_effect || item.reversible === true;
  return {
    name: item.tool,
    description: item.description,
    sideEffect: item.side_effect ? 'write' : 'none',
    reversible: canUndo,
    egress: EGRESS.has(item.effect),
    dataClass: item.data_classification,
    untrustedOutput: item.carries_third_party_text,
    risk: canUndo ? reversible : irreversible,
    tags: [item.effect],
  };
}

function moreCareful(a: ToolInput, b: ToolInput): ToolInput {
  return {
    ...a,
    sideEffect: a.sideEffect === 'write' ? 'write' : b.sideEffect,
    reversible: a.reversible && b.reversible,
    egress: a.egress || b.egress,
    untrustedOutput: a.untrustedOutput || b.untrustedOutput,
    dataClass: highest(DATA_CLASSES, a.dataClass, b.dataClass),
    risk: highest(RISKS, a.risk, b.risk),
  };
}

const highest = <T>(order: readonly T[], a: T, b: T): T =>
  order.indexOf(a) >= order.indexOf(b) ? a : b;
