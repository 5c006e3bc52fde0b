/** Does an action lie inside the agent's pact: tools, data classes, cases, resources, hours. */
import { DATA_CLASSES, type DataClass, type Pact } from '@/lib/contracts';
import type { Outcome, Reason } from '@/lib/policy';

export interface PactBreach {
  /** The signal the breach gives. */
  readonly signal: string;
  /** The widest outcome left. */
  readonly outcome: Outcome;
  readonly reason: Reason;
}

interface Asked {
  readonly tool: string;
  readonly dataClass: DataClass;
  /** The open case the agent names, if any. */
  readonly caseId?: string | undefined;
  readonly resource: { readonly type: string; readonly id: string };
  /** Milliseconds since the epoch. */
  readonly now: number;
}

const breach = (
  signal: string,
  outcome: Outcome,
  code: string,
  text: string,
  remedy: string,
): PactBreach => ({
  signal,
  outcome,
  reason: { code, text, remedy, source: { type: 'pact' } },
});

/** Every clause of the pact that the action breaks, in the order of the pact. Empty: inside. */
export function pactBreaches(pact: Pact, asked: Asked): PactBreach[] {
  return [toolBreach, dataClassBreach, caseBreach, resourceBreach, hoursBreach].flatMap(
    (check) => check(pact, asked) ?? [],
  );
}

function toolBreach(pact: Pact, asked: Asked): PactBreach | undefined {
  if (pact.tools.includes('*') || pact.tools.includes(asked.tool)) return undefined;
  return breach(
    'behavior.tool_outside_pact',
    'deny',
    'pact.tool',
    `The tool "${asked.tool}" is not in the agent's pact.`,
    'A manager can add the tool to the pact.',
  );
}

function dataClassBreach(pact: Pact, asked: Asked): PactBreach | undefined {
  if (pact.dataClasses === undefined) return undefined;
  const highest = Math.max(-1, ...pact.dataClasses.map((name) => DATA_CLASSES.indexOf(name)));
  if (DATA_CLASSES.indexOf(asked.dataClass) <= highest) return undefined;
  return breach(
    'context.data_class_exceeded',
    'deny',
    'pact.data_class',
    `The action touches ${asked.dataClass} data; the pact goes up to ${DATA_CLASSES[highest] ?? 'none'}.`,
    'A manager can widen the data classes of the pact.',
  );
}

/** Which case is open, Belay does not know: that one is named makes the access answerable, and the ledger keeps it. */
function caseBreach({ caseFor = [] }: Pact, asked: Asked): PactBreach | undefined {
  if (asked.caseId !== undefined || !caseFor.includes(asked.dataClass)) return undefined;
  return breach(
    'context.personal_data_without_case',
    'require_approval',
    'pact.case',
    `The action touches ${asked.dataClass} data, which the pact opens only for a case, and it names none.`,
    'Name the open case in context.case, or have a person approve this one action.',
  );
}

function resourceBreach(pact: Pact, asked: Asked): PactBreach | undefined {
  const { resources } = pact;
  if (resources === undefined) return undefined;
  if (resources.some((pattern) => covers(pattern, asked.resource))) return undefined;
  return breach(
    'context.resource_outside_domain',
    'deny',
    'pact.resource',
    `The resource ${asked.resource.type} "${asked.resource.id}" lies outside of the pact's domains.`,
    'A manager can add the domain to the pact.',
  );
}

/** The id, of whatever type, or `type/id`. A way up (`..`) leads out of every prefix, so no pattern covers it. */
function covers(pattern: string, { type, id }: Asked['resource']): boolean {
  if (id.split('/').includes('..')) return false;
  return matches(pattern, id) || matches(pattern, `${type}/${id}`);
}

/** Exact, or a prefix before one trailing `*`. */
function matches(pattern: string, name: string): boolean {
  return pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : pattern === name;
}

function hoursBreach(pact: Pact, asked: Asked): PactBreach | undefined {
  const { hours } = pact;
  if (hours === undefined) return undefined;
  if (isWithin(hours, new Date(asked.now))) return undefined;
  return breach(
    'context.unusual_hour',
    'require_approval',
    'pact.hours',
    `The pact's working hours are ${hours.from}:00 to ${hours.to}:00 UTC; the agent asked outside of them.`,
    'A person can approve this one action, or it can wait.',
  );
}

/** Whether an agent with these hours works at a moment. */
export function isWithin(hours: NonNullable<Pact['hours']>, at: Date): boolean {
  const hour = at.getUTCHours();
  const inHours =
    hours.from < hours.to
      ? hour >= hours.from && hour < hours.to
      : hour >= hours.from || hour < hours.to;
  return inHours && (hours.days === undefined || hours.days.includes(at.getUTCDay()));
}
