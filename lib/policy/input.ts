export type RiskTier = 'low' | 'medium' | 'high' | 'critical';

export const DATA_CLASSES = ['public', 'internal', 'confidential', 'restricted'] as const;
export type DataClass = (typeof DATA_CLASSES)[number];

export type LayerName = 'identity' | 'behavior' | 'context' | 'outcome';

/** What the tool catalogue says about a tool. */
export interface ToolFacts {
  readonly name: string;
  readonly sideEffect: 'none' | 'write';
  readonly reversible: boolean;
  readonly egress: boolean;
  readonly dataClass: DataClass;
  readonly risk: RiskTier;
  /** Its results may carry text written by third parties. */
  readonly untrustedOutput: boolean;
  readonly tags?: readonly string[];
}

/** A tool as policies see it; `known` is false when the catalogue has no entry for it. */
export interface PolicyTool extends ToolFacts {
  readonly known: boolean;
}

/** The trust record at the time of the decision; scores and coverage in [0, 1]. */
export interface PolicyTrust {
  readonly score: number;
  readonly rung: 1 | 2 | 3 | 4 | 5;
  readonly layers: Readonly<
    Record<
      LayerName,
      { readonly score: number; readonly coverage: number; readonly alarm?: boolean }
    >
  >;
}

export interface PolicyProvenance {
  /** An argument that decides what the call does was found only in third-party text read in the session. */
  readonly thirdPartyOnly: boolean;
  /** An injection was recognised. */
  readonly injection: boolean;
  /** An injection is suspected or likely, not recognised. */
  readonly suspected?: boolean;
}

/** Everything a policy may look at. Plain data; `decidePolicy` reads no clock and no database. */
export interface PolicyInput {
  readonly agent: {
    readonly id: string;
    readonly owner: string;
    readonly version: string;
    readonly tags: readonly string[];
  };
  readonly tool: PolicyTool;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    /** Scalars are visible to policies as tags of the resource: `resource.getTag("region") == "eu"`. */
    readonly properties?: Readonly<Record<string, unknown>>;
  };
  /** Scalar arguments at the top level, visible as tags of `context.arguments`; bounded, see `entities.ts`. */
  readonly arguments?: Readonly<Record<string, unknown>>;
  readonly context: {
    readonly trust: PolicyTrust;
    readonly session?: string;
    readonly endUser?: { readonly id?: string; readonly role?: string };
    readonly purpose?: string;
    readonly provenance: PolicyProvenance;
    /** The data class of this access, when it is known to differ from the tool's; the higher of both counts. */
    readonly dataClass?: DataClass;
    /** Hour of the day, 0 to 23, in UTC. */
    readonly hour: number;
  };
}
