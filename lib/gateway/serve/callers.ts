/** Whose calls come over HTTP: an agent with its token, or a program with a gateway key that names the agent. */
import { ApiError } from '@/lib/client/api-error';
import { sha256Hex } from '@/lib/ledger';
import type { GatewayCaller } from '@/lib/contracts';
import type { BelayApi } from '../belay/api';

/** For so long a credential that was good is taken to be good: a key that is revoked ends within it. */
const KEPT_MS = 1_000;
const MOST_KEPT = 2_000;
const AGENT_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export type Identified =
  { readonly agent: string } | { readonly status: 401 | 403 | 503; readonly sentence: string };

export class Callers {
  readonly #known = new Map<string, { readonly caller: GatewayCaller; readonly until: number }>();

  constructor(
    private readonly api: Pick<BelayApi, 'whoCalls'>,
    /** The workspace of the gateway's own key: it speaks for no agent of another. */
    private readonly workspace: () => Promise<string>,
    private readonly defaultAgent: string | undefined,
  ) {}

  /** @param named the agent a key speaks for, from the request */
  async identify(authorization: string | null, named: string | null): Promise<Identified> {
    const credential = /^Bearer\s+(\S+)$/i.exec((authorization ?? '').trim())?.[1];
    if (credential === undefined)
      return refused(401, 'Send the token of an agent, or a gateway key, as a bearer token.');
    try {
      const caller = await this.#ask(credential);
      if (caller.workspace !== (await this.workspace()))
        return refused(403, 'This credential belongs to another workspace than the gateway.');
      if (caller.agent !== null) {
        if (named !== null && named !== caller.agent)
          return refused(403, 'The token belongs to another agent than the one the request names.');
        return { agent: caller.agent };
      }
      const agent = named ?? this.defaultAgent;
      if (agent === undefined || !AGENT_ID.test(agent))
        return refused(403, 'Name the agent this key speaks for in the header Belay-Agent.');
      return { agent: agent.toLowerCase() };
    } catch (error) {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403))
        return refused(error.status, error.detail);
      return refused(503, 'Belay cannot be asked who this is.');
    }
  }

  async #ask(credential: string): Promise<GatewayCaller> {
    const name = sha256Hex(credential);
    const now = Date.now();
    const known = this.#known.get(name);
    if (known !== undefined && known.until > now) return known.caller;
    this.#known.delete(name);
    const caller = await this.api.whoCalls(credential);
    const oldest = this.#known.keys().next().value;
    if (this.#known.size >= MOST_KEPT && oldest !== undefined) this.#known.delete(oldest);
    this.#known.set(name, { caller, until: now + KEPT_MS });
    return caller;
  }
}

const refused = (status: 401 | 403 | 503, sentence: string) => ({ status, sentence });
