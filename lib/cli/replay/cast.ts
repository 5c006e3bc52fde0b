import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { AgentClient } from '@/lib/client/agent/index';
import { publicJwkSchema } from '@/lib/contracts';
import type { ConsoleApi } from './console-api';
import type { Patience } from './patience';
import type { RecordedSession } from './recorded';

export interface CastOptions {
  /** Where Belay answers, without a trailing slash. */
  readonly url: string;
  /** The rung each agent is vouched up to; 0 leaves it where a new agent stands. */
  readonly rung: number;
  /** One agent a session, or one for all sessions of an `agent_id`. */
  readonly agents: 'session' | 'shared';
}

/** Registers the agents of the recording, each with a key pair of its own. */
export class Cast {
  readonly #known = new Map<string, Promise<AgentClient>>();

  constructor(
    private readonly api: ConsoleApi,
    private readonly patience: Patience,
    private readonly options: CastOptions,
  ) {}

  agentFor(session: RecordedSession): Promise<AgentClient> {
    const name =
      this.options.agents === 'shared'
        ? session.agent_id
        : `${session.agent_id} ${session.session_id}`;
    const known = this.#known.get(name) ?? this.#register(name, session);
    if (this.options.agents === 'shared') this.#known.set(name, known);
    return known;
  }

  async #register(name: string, session: RecordedSession): Promise<AgentClient> {
    const { agentId, privateKey } = await this.patience.answer(() => this.#enter(name, session));
    if (this.options.rung > 0) await this.api.pinRung(agentId, this.options.rung);
    return new AgentClient({ url: this.options.url, agentId, privateKey });
  }

  /** With a new key pair every time: a key belongs to one agent for ever, also when nobody heard that it does. */
  async #enter(
    name: string,
    session: RecordedSession,
  ): Promise<{ agentId: string; privateKey: JWK }> {
    const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
    const agentId = await this.api.registerAgent({
      name: name.slice(0, 120),
      version: '1',
      owner: 'replay',
      purpose: `Recorded ${session.suite} sessions of ${session.source}`,
      publicKey: publicJwkSchema.parse(await exportJWK(pair.publicKey)),
      pact: { tools: ['*'] },
      tags: ['replay'],
    });
    return { agentId, privateKey: await exportJWK(pair.privateKey) };
  }
}
