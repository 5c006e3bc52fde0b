import { AgentSession, type SessionFacts, type SessionParts } from './session';

/** An agent has at most this part of all sessions in which something runs or waits, so that no agent can shut out the others. */
const SHARE = 1 / 4;

/** The sessions of all agents, as many as are allowed: of those in which nothing runs or waits, the one unused for longest goes first. */
export class Sessions {
  readonly #sessions = new Map<string, AgentSession>();

  /** @param limits.most of all agents together, or of the one agent there is */
  constructor(
    private readonly parts: SessionParts,
    private readonly limits: { readonly most: number; readonly shared: boolean },
  ) {}

  get size(): number {
    return this.#sessions.size;
  }

  /**
   * The session with these facts; the same while it is kept.
   *
   * @param client whose it is: when the last of its clients has gone, nobody waits in it any more
   * @returns undefined when there is no room for another
   */
  of(facts: SessionFacts, client: string): AgentSession | undefined {
    const made = new AgentSession(this.parts, facts);
    const known = this.#sessions.get(made.id);
    if (known === undefined && !this.#makeRoom(facts.agent)) return undefined;
    const session = known ?? made;
    session.clients.add(client);
    // Put last, so that the first is the one nobody has used for longest.
    this.#sessions.delete(session.id);
    this.#sessions.set(session.id, session);
    return session;
  }

  /** A client has gone, or all have. */
  async abandon(client?: string): Promise<void> {
    const left = [...this.#sessions.values()].filter(
      ({ clients }) => client === undefined || (clients.delete(client) && clients.size === 0),
    );
    for (const { id } of left) this.#sessions.delete(id);
    await Promise.all(left.map((session) => session.abandon()));
  }

  #makeRoom(agent: string): boolean {
    const { most, shared } = this.limits;
    if (this.#sessions.size < most * (shared ? SHARE : 1)) return true;
    const all = [...this.#sessions.values()];
    const busy = all.filter((session) => session.agent === agent && !session.idle);
    if (shared && busy.length >= Math.max(1, Math.ceil(most * SHARE))) return false;
    if (all.length < most) return true;
    const unused = all.find(({ idle }) => idle);
    if (unused !== undefined) this.#sessions.delete(unused.id);
    return unused !== undefined;
  }
}
