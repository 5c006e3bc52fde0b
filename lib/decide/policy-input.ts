/** What the trust policy is told about an action: the same when it is decided and when a change of the policy is previewed. */
import { DATA_CLASSES, type DataClass } from '@/lib/contracts';
import type { PolicyInput } from '@/lib/policy';
import type { InjectionLevel } from '@/lib/provenance';
import type { AgentFacts, Proposal, SessionFacts, ToolFacts } from './facts';

export interface DecidedFacts {
  readonly agent: Pick<AgentFacts, 'id' | 'owner' | 'version' | 'tags'>;
  readonly tool: ToolFacts;
  readonly resource: Proposal['resource'];
  readonly arguments: Proposal['arguments'];
  readonly session: Pick<SessionFacts, 'id' | 'purpose'> | undefined;
  readonly endUser: string | undefined;
  readonly trust: PolicyInput['context']['trust'];
  readonly origins: {
    readonly thirdPartyOnly: boolean;
    readonly injection: InjectionLevel;
  };
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export function policyInputOf(facts: DecidedFacts): PolicyInput {
  const { agent, tool, resource, session, endUser, origins } = facts;
  const { properties } = resource;
  const purpose = session?.purpose;
  return {
    agent: { id: agent.id, owner: agent.owner, version: agent.version, tags: agent.tags },
    tool,
    resource: {
      type: resource.type,
      id: resource.id,
      ...(properties === undefined ? {} : { properties }),
    },
    arguments: facts.arguments,
    context: {
      trust: facts.trust,
      ...(session === undefined ? {} : { session: session.id }),
      ...(endUser === undefined ? {} : { endUser: { id: endUser } }),
      ...(purpose === undefined ? {} : { purpose }),
      provenance: {
        thirdPartyOnly: origins.thirdPartyOnly,
        injection: origins.injection === 'recognised',
        suspected: origins.injection === 'suspected' || origins.injection === 'likely',
      },
      dataClass: dataClassOf(tool, resource),
      hour: new Date(facts.at).getUTCHours(),
    },
  };
}

/** The higher of the tool's class and the one the resource carries; a resource that is not of our shape carries none. */
export function dataClassOf(tool: ToolFacts, resource: unknown): DataClass {
  const { properties } = (resource ?? {}) as { properties?: Record<string, unknown> };
  const named = DATA_CLASSES.indexOf(properties?.['dataClass'] as DataClass);
  return DATA_CLASSES[Math.max(named, DATA_CLASSES.indexOf(tool.dataClass))] ?? tool.dataClass;
}
