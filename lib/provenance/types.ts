/** One piece of text the agent read in the session, written or touched by third parties. */
export interface Read {
  readonly id: string;
  /** Where it came from, for example the tool's name. */
  readonly source: string;
  readonly text: string;
}

/**
 * Where a value came from: said in the trusted request, derived from it (or short enough to be computed), found only in
 * text read in the session, or unknown.
 */
export type Origin = 'request' | 'derived' | 'third_party' | 'unknown';

/** A place in a read; offsets are UTF-16 units of the original text, `end` exclusive. */
export interface ReadSpan {
  readonly readId: string;
  readonly start: number;
  readonly end: number;
  readonly excerpt: string;
}

export interface ArgumentOrigin {
  /** JSON Pointer (RFC 6901) within the arguments, for example `/recipients/0`. */
  readonly path: string;
  /** The value as text, at most 120 characters. */
  readonly value: string;
  readonly origin: Origin;
  /** Where it was read; present for `third_party`. */
  readonly span?: ReadSpan;
}

export interface Provenance {
  readonly arguments: readonly ArgumentOrigin[];
  /** At least one argument was found only in third-party text, or may come from a part that was too much to look at. */
  readonly thirdPartyOnly: boolean;
}

export interface InstructionSpan {
  readonly start: number;
  readonly end: number;
  readonly excerpt: string;
  /** Which features gave it away, as a stable code. */
  readonly indicator: string;
  /** In [0, 1]. */
  readonly score: number;
}

export interface Instructions {
  /** The strongest span, in [0, 1]; 0 when there is none. */
  readonly score: number;
  readonly spans: readonly InstructionSpan[];
}

export type InjectionLevel = 'none' | 'suspected' | 'recognised';

export interface InjectionReason {
  readonly code: string;
  readonly text: string;
  readonly span?: ReadSpan;
}

export interface Injection {
  readonly level: InjectionLevel;
  readonly reasons: readonly InjectionReason[];
}
