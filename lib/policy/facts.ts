import type { CedarValueJson, Context } from './cedar';
import { DATA_CLASSES, type DataClass, type PolicyInput, type PolicyTrust } from './input';

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

export function resourceId(input: PolicyInput): string {
  return `${input.resource.type}/${input.resource.id}`;
}
