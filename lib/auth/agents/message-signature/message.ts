/** An HTTP message as far as a signature covers it (RFC 9421). */
export interface SignedMessage {
  readonly method: string;
  /** Lower case, without a colon. */
  readonly scheme: string;
  /** Host and port, as the sender means them; a default port is left out. */
  readonly authority: string;
  readonly path: string;
  /** With its `?`; empty without one. */
  readonly query: string;
  /** The values of a field in their order, one a line; empty when it is absent. */
  readonly field: (name: string) => readonly string[];
  /** Of a response. */
  readonly status?: number;
  /** What a response answers. */
  readonly request?: SignedMessage;
}

/** @param origin what the sender called the server by; absent: as the address says */
export function messageOf(
  { method, url, headers }: Pick<Request, 'method' | 'url' | 'headers'>,
  origin?: string,
): SignedMessage {
  const address = new URL(url);
  const { protocol, host } = origin === undefined ? address : new URL(origin);
  return {
    method,
    scheme: protocol.replace(/:$/, ''),
    authority: host,
    path: address.pathname,
    query: address.search,
    field: (name) => {
      const value = headers.get(name);
      return value === null ? [] : [value];
    },
  };
}
