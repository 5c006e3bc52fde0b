/** The package has no types of its own; this is the part that e2e/oidc-provider.ts and lib/http/testing/issuer.ts use. */
declare module 'oidc-provider' {
  import type { RequestListener } from 'node:http';

  export interface Claims {
    readonly sub: string;
    readonly [claim: string]: unknown;
  }

  export interface Feature {
    readonly enabled: boolean;
    readonly getResourceServerInfo?: (context: unknown, resource: string) => object;
  }

  export interface Configuration {
    readonly clients: readonly Readonly<Record<string, unknown>>[];
    readonly claims?: Readonly<Record<string, readonly string[]>>;
    readonly cookies?: { readonly keys: readonly string[] };
    readonly features: Readonly<Record<string, Feature>>;
    readonly jwks: { readonly keys: readonly object[] };
    readonly findAccount?: (
      context: unknown,
      id: string,
    ) => Promise<{ readonly accountId: string; readonly claims: () => Claims }>;
  }

  export default class Provider {
    constructor(issuer: string, configuration: Configuration);
    callback(): RequestListener;
  }
}
