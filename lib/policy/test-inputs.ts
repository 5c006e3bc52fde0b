import type { PolicyInput, PolicyProvenance, PolicyTool, PolicyTrust } from './input';

/** What a test says about a call; the rest is a harmless default. */
export interface CallOptions {
  readonly rung?: PolicyTrust['rung'];
  readonly score?: number;
  readonly tool?: Partial<PolicyTool>;
  readonly provenance?: Partial<PolicyProvenance>;
  readonly dataClass?: PolicyInput['context']['dataClass'];
  readonly purpose?: string;
  readonly arguments?: PolicyInput['arguments'];
  readonly properties?: PolicyInput['resource']['properties'];
}

/** A call for tests: agent-1 on rung 4 writes an internal record, reversibly, with low risk. */
export function callWith(options: CallOptions = {}): PolicyInput {
  const layer = { score: 0.8, coverage: 0.9 };
  const layers = { identity: layer, behavior: layer, context: layer, outcome: layer };
  return {
    agent: { id: 'agent-1', owner: 'person-1', version: '1.0.0', tags: ['support'] },
    tool: {
      name: 'records.update',
      known: true,
      sideEffect: 'write',
      reversible: true,
      egress: false,
      dataClass: 'internal',
      risk: 'low',
      untrustedOutput: true,
      ...options.tool,
    },
    resource: { type: 'record', id: '7', properties: options.properties ?? {} },
    ...(options.arguments === undefined ? {} : { arguments: options.arguments }),
    context: {
      trust: { score: options.score ?? 0.8, rung: options.rung ?? 4, layers },
      session: 'session-1',
      provenance: { thirdPartyOnly: false, injection: false, ...options.provenance },
      hour: 12,
      ...(options.dataClass === undefined ? {} : { dataClass: options.dataClass }),
      ...(options.purpose === undefined ? {} : { purpose: options.purpose }),
    },
  };
}
