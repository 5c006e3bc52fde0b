/** One piece of text the agent read in the session, written or touched by third parties. */
export interface Read {
  readonly id: string;
  /** Where it came from, for example the tool's name. */
  readonly source: string;
  readonly text: string;
  /** The trusted request names this very document, by its link or file name: see `namesDocument`. */
  readonly named?: boolean;
}

/**
 * Where a value came from: said in the trusted request, derived from it (or short enough to be computed), found only in
 * text read in the session, or unknown.
 */
export type Origin = 'request' | 'derived' | 'third_party' | 'unknown';

/**
 * What a value is to a call, told by its form, whatever the argument is called.
 *
 * | role      | form                                                                                   |
 * |-----------|----------------------------------------------------------------------------------------|
 * | `target`  | an address, link, account, phone number or id: it decides where something goes          |
 * | `detail`  | anything else that is short: a name, a place, a title, an amount                        |
 * | `content` | a text of the agent that quotes what was read                                           |
 */
export type Role = 'target' | 'detail' | 'content';

/** A place in a read; offsets are UTF-16 units of the original text, `end` exclusive. */
export interface ReadSpan {
  readonly readId: string;
  readonly start: number;
  readonly end: number;
  readonly excerpt: string;
}

export interface ArgumentOrigin {
  /** JSON Pointer (RFC 6901) within the arguments, for example `/recipients/0`; `resource/id` for what the call is about. */
  readonly path: string;
  /** The value as text, at most 120 characters. */
  readonly value: string;
  readonly origin: Origin;
  /** Where it was read; present for `third_party`. */
  readonly span?: ReadSpan;
  /** Present for `third_party`. */
  readonly role?: Role;
  /** The whole value stands in the read as it is, nothing added. Present for `third_party`. */
  readonly whole?: boolean;
  /** It stands in a document that the request names, in which nothing gives orders to the agent. */
  readonly pointedTo?: boolean;
  /** Where a sentence that tells its reader to act holds the value. */
  readonly order?: OrderSpan;
}

export interface Provenance {
  readonly arguments: readonly ArgumentOrigin[];
  /** At least one argument was found only in third-party text, or may come from a part that was too much to look at. */
  readonly thirdPartyOnly: boolean;
  /** Something lay beyond the bounds, and could be anything. */
  readonly unseen: boolean;
}

/** A sentence in a read that tells its reader to do something. */
export interface OrderSpan extends ReadSpan {
  /** What it tells to do, in base forms. */
  readonly verbs: readonly string[];
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

export type InjectionLevel = 'none' | 'suspected' | 'likely' | 'recognised';

export interface InjectionReason {
  readonly code: string;
  readonly text: string;
  readonly span?: ReadSpan;
}

export interface Injection {
  readonly level: InjectionLevel;
  readonly reasons: readonly InjectionReason[];
  /** What was read gives orders to the agent, whether this call follows them or not. */
  readonly planted: readonly InjectionReason[];
}
