/** What is secret about a server: which values Belay holds, and where they go. */
import type { UpstreamConfig } from '../config/schema';

type Variable = string | { readonly secret: string; readonly prefix: string };
type Opened = Readonly<Record<string, string>>;

/** Names of the secrets that a server needs to start or to be connected to. */
export function secretsToConnect({ env = {}, headers = {} }: UpstreamConfig): string[] {
  return [
    ...Object.values(env),
    ...Object.values(headers).filter(
      (header) => typeof header === 'string' || header.use === 'always',
    ),
  ].flatMap(secretOf);
}

/** Names of the secrets that go with each call. */
export function secretsToCall({ headers = {} }: UpstreamConfig): string[] {
  return Object.values(headers).flatMap(secretOf);
}

const secretOf = (value: Variable): string[] => (typeof value === 'string' ? [] : [value.secret]);

/** The variables or headers with what their secrets hold; one whose secret was not opened is left out. */
export function filledIn(
  values: Readonly<Record<string, Variable>> | undefined,
  opened: Opened,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values ?? {}).flatMap(([name, value]) => {
      if (typeof value === 'string') return [[name, value]];
      const secret = opened[value.secret];
      return secret === undefined ? [] : [[name, `${value.prefix}${secret}`]];
    }),
  );
}
