export type AttributeValue = string | number | boolean;

/** What is looked at of a span. */
export interface Span {
  /** Trace and span, in lower-case hex. */
  readonly id: string;
  /** When it ended, in milliseconds since the epoch. */
  readonly at: number;
  readonly attributes: ReadonlyMap<string, AttributeValue>;
  readonly resource: ReadonlyMap<string, AttributeValue>;
  /** Whether its status is an error. */
  readonly failed: boolean;
}
