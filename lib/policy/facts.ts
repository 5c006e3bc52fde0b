import type { CedarValueJson, Context, Entities } from './cedar';
import { DATA_CLASSES, type DataClass, type PolicyInput, type PolicyTrust } from './input';

const MAX_TAGS = 64;
const MAX_TAG_CHARS = 1_000;

/** What Cedar is told about a call: the facts of `schema.ts`, without `approved`, which is asked both ways. */
export function contextOf(input: PolicyInput): Context {
  const { agent, tool, resource, context } = input;
  const { provenance, endUser } = context;
  return {
    agent: { id: agent.id, owner: agent.owner, version: agent.version, tags: [...agent.tags] },
    tool: {
      entity: { __entity: { type: 'Tool', id: tool.name } },
      name: tool.name,
      tags: [...(tool.tags ?? [])],
      known: tool.known,
      sideEffect: tool.sideEffect === 'write',
      reversible: tool.reversible,
      egress: tool.egress,
      dataClass: tool.dataClass,
      risk: tool.risk,
      untrustedOutput: tool.untrustedOutput,
    },
    resource: { type: resource.type, id: resource.id },
    arguments: reference('Arguments'),
    numbers: reference('Numbers'),
    trust: trustOf(context.trust),
    endUser: {
      ...(endUser?.id === undefined ? {} : { id: endUser.id }),
      ...(endUser?.role === undefined ? {} : { role: endUser.role }),
    },
    provenance: {
      thirdPartyOnly: provenance.thirdPartyOnly,
      suspected: provenance.suspected ?? false,
      injection: provenance.injection,
    },
    dataClass: higherClass(tool.dataClass, context.dataClass),
    hour: hourOf(context.hour),
    ...(context.session === undefined ? {} : { session: context.session }),
    ...(context.purpose === undefined ? {} : { purpose: context.purpose }),
  };
}

function reference(type: 'Arguments' | 'Numbers'): CedarValueJson {
  return { __entity: { type, id: 'call' } };
}

function trustOf(trust: PolicyTrust): CedarValueJson {
  const layer = (name: keyof PolicyTrust['layers']): CedarValueJson => ({
    score: basisPoints(trust.layers[name].score),
    coverage: basisPoints(trust.layers[name].coverage),
    alarm: trust.layers[name].alarm ?? false,
  });
  return {
    score: basisPoints(trust.score),
    rung: rungOf(trust.rung),
    layers: {
      identity: layer('identity'),
      behavior: layer('behavior'),
      context: layer('context'),
      outcome: layer('outcome'),
    },
  };
}

/**
 * A share in [0, 1] as 0 to 10,000, rounded down.
 * @throws RangeError outside [0, 1]; `decidePolicy` answers that with a deny
 */
function basisPoints(share: number): number {
  if (!(share >= 0 && share <= 1)) throw new RangeError(`not a share between 0 and 1: ${share}`);
  return Math.floor(share * 10_000);
}

function rungOf(rung: number): number {
  if (!Number.isInteger(rung) || rung < 1) throw new RangeError(`not a rung: ${rung}`);
  return rung;
}

function hourOf(hour: number): number {
  if (!Number.isInteger(hour) || hour < 0 || hour > 23) {
    throw new RangeError(`not an hour from 0 to 23: ${hour}`);
  }
  return hour;
}

export function higherClass(a: DataClass, b: DataClass | undefined): DataClass {
  return b !== undefined && DATA_CLASSES.indexOf(b) > DATA_CLASSES.indexOf(a) ? b : a;
}

/** The tags of the resource and of the arguments: scalars at the top level, at most 64 of each, longer texts cut. */
export function entitiesOf(input: PolicyInput): Entities {
  const resource = { type: 'Resource', id: resourceId(input) };
  const given = input.arguments ?? {};
  return [
    { uid: resource, attrs: {}, parents: [], tags: textTags(input.resource.properties ?? {}) },
    { uid: { type: 'Arguments', id: 'call' }, attrs: {}, parents: [], tags: textTags(given) },
    { uid: { type: 'Numbers', id: 'call' }, attrs: {}, parents: [], tags: numberTags(given) },
  ];
}

export function resourceId(input: PolicyInput): string {
  return `${input.resource.type}/${input.resource.id}`;
}

function textTags(values: Readonly<Record<string, unknown>>): Record<string, CedarValueJson> {
  const tags: Record<string, CedarValueJson> = {};
  for (const [key, value] of Object.entries(values).slice(0, MAX_TAGS)) {
    if (typeof value === 'string') tags[key] = value.slice(0, MAX_TAG_CHARS);
    else if (typeof value === 'boolean' || typeof value === 'number') tags[key] = String(value);
  }
  return tags;
}

/** Fractions go away from zero, so that a rule "at most 100" sees 100.01 as 101. Outside 2^53 there is no tag. */
function numberTags(values: Readonly<Record<string, unknown>>): Record<string, CedarValueJson> {
  const tags: Record<string, CedarValueJson> = {};
  for (const [key, value] of Object.entries(values).slice(0, MAX_TAGS)) {
    if (typeof value !== 'number') continue;
    const whole = value < 0 ? Math.floor(value) : Math.ceil(value);
    if (Number.isSafeInteger(whole)) tags[key] = whole;
  }
  return tags;
}
