import { AgentSession, type SessionApi, type SessionFacts } from './session';

/** The sessions of all agents, as many as are allowed, the one that was used longest ago going first. */
export class Sessions {
  readonly #sessions = new Map<string, AgentSession>();

  constructor(
    private readonly api: SessionApi,
    private readonly most: number,
    private readonly purpose: string | undefined,
  ) {}

  /** The session with these facts; the same while it is kept. */
  of(facts: SessionFacts): AgentSession {
    const made = new AgentSession(this.api, facts, this.purpose);
    const known = this.#sessions.get(made.id);
    const session = known ?? made;
    // Put last, so that the first is the one nobody has used for longest.
    this.#sessions.delete(session.id);
    this.#sessions.set(session.id, session);
    if (this.#sessions.size > this.most) this.#dropOne();
    return session;
  }

  /** A client has gone, or all have. */
  async abandon(client?: string): Promise<void> {
    const left = [...this.#sessions.values()].filter(
      ({ facts }) => client === undefined || facts.client === client,
    );
    for (const { id } of left) this.#sessions.delete(id);
    await Promise.all(left.map((session) => session.abandon()));
  }

  #dropOne(): void {
    for (const [id, { idle }] of this.#sessions) {
      if (!idle) continue;
      this.#sessions.delete(id);
      return;
    }
  }
}
