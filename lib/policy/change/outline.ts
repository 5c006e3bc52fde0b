/** A call in outline: what somebody states, with the rest filled in. For stored tests and for examples of a change. */
import { higherClass } from '../facts';
import type { DataClass, LayerName, PolicyInput, RiskTier } from '../input';

type Rung = PolicyInput['context']['trust']['rung'];
interface LayerOutline {
  readonly score?: number | undefined;
  readonly coverage?: number | undefined;
  readonly alarm?: boolean | undefined;
}

/** Everything is optional. What is left out is the worst for a tool and harmless for the rest; see `inputOf`. */
export interface CallOutline {
  readonly agent?: {
    readonly id?: string | undefined;
    readonly owner?: string | undefined;
    readonly version?: string | undefined;
    readonly tags?: readonly string[] | undefined;
  };
  readonly tool?: {
    readonly name?: string | undefined;
    readonly known?: boolean | undefined;
    readonly sideEffect?: 'none' | 'write' | undefined;
    readonly reversible?: boolean | undefined;
    readonly egress?: boolean | undefined;
    readonly dataClass?: DataClass | undefined;
    readonly risk?: RiskTier | undefined;
    readonly untrustedOutput?: boolean | undefined;
    readonly tags?: readonly string[] | undefined;
  };
  readonly resource?: {
    readonly type?: string | undefined;
    readonly id?: string | undefined;
    readonly properties?: Readonly<Record<string, unknown>> | undefined;
  };
  readonly arguments?: Readonly<Record<string, unknown>> | undefined;
  readonly trust?: {
    readonly rung?: number | undefined;
    readonly score?: number | undefined;
    readonly layers?: Readonly<Partial<Record<LayerName, LayerOutline | undefined>>> | undefined;
  };
  readonly provenance?: {
    readonly thirdPartyOnly?: boolean | undefined;
    readonly suspected?: boolean | undefined;
    readonly injection?: boolean | undefined;
  };
  readonly session?: string | undefined;
  readonly endUser?: { readonly id?: string | undefined; readonly role?: string | undefined };
  readonly purpose?: string | undefined;
  readonly dataClass?: DataClass | undefined;
  readonly hour?: number | undefined;
}

const RUNGS: readonly Rung[] = [1, 2, 3, 4, 5];
/** Where each rung of the default ladder begins. */
const SCORE_OF_RUNG: Readonly<Record<Rung, number>> = { 1: 0, 2: 0.3, 3: 0.5, 4: 0.7, 5: 0.9 };

const WORST_TOOL = {
  name: 'tool',
  known: true,
  sideEffect: 'write',
  reversible: false,
  egress: true,
  dataClass: 'internal',
  risk: 'high',
  untrustedOutput: true,
} as const;

/**
 * The whole call. Left out: rung 1; a score at the rung's threshold; layers as the score, fully covered; a tool that writes,
 * cannot be undone, reaches outside and is of high risk, on internal data; nothing wrong with provenance; noon.
 */
export function inputOf(outline: CallOutline): PolicyInput {
  const { agent, resource, trust, provenance, endUser } = outline;
  const rung = RUNGS.find((known) => known === trust?.rung) ?? 1;
  const score = trust?.score ?? SCORE_OF_RUNG[rung];
  const layer = (name: LayerName) => ({
    score,
    coverage: 1,
    alarm: false,
    ...stated(trust?.layers?.[name] ?? {}),
  });
  const layers = {
    identity: layer('identity'),
    behavior: layer('behavior'),
    context: layer('context'),
    outcome: layer('outcome'),
  };
  return {
    agent: { id: 'agent', owner: 'owner', version: '1', tags: [], ...stated(agent ?? {}) },
    tool: { ...WORST_TOOL, ...stated(outline.tool ?? {}) },
    resource: { type: 'resource', id: '1', ...stated(resource ?? {}) },
    arguments: outline.arguments ?? {},
    context: {
      trust: { rung, score, layers },
      provenance: { thirdPartyOnly: false, injection: false, ...stated(provenance ?? {}) },
      hour: outline.hour ?? 12,
      ...stated({
        session: outline.session,
        purpose: outline.purpose,
        dataClass: outline.dataClass,
        endUser: endUser && stated(endUser),
      }),
    },
  };
}

type Stated<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function stated<T extends object>(values: T): Stated<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Stated<T>;
}

/** The facts of a call that the default rules look at, and who and what it is: enough to tell two examples apart. */
export function outlineOf({ agent, tool, context }: PolicyInput): CallOutline {
  const { sideEffect, reversible, egress, risk } = tool;
  const { rung, score } = context.trust;
  return {
    agent: { id: agent.id },
    tool: { name: tool.name, sideEffect, reversible, egress, risk },
    trust: { rung, score },
    provenance: context.provenance,
    dataClass: higherClass(tool.dataClass, context.dataClass),
  };
}
