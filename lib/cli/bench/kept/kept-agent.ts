/** One agent kept in memory over all that it does: decided, told of and tended with the functions of the server. */
import { foldEvidence, type NewSignal } from '@/lib/decide/apply-signals';
import { decideAction, type Verdict } from '@/lib/decide/decide-action';
import type { AgentFacts, Proposal, SessionFacts, WorkspaceFacts } from '@/lib/decide/facts';
import { agentAfter, reactTo } from '@/lib/decide/reactions';
import { toolFacts } from '@/lib/decide/workspace-facts';
import { newAgent } from '../provenance/stage';

export class KeptAgent {
  #agent: AgentFacts;
  #ids = 0;

  /** @param at milliseconds since the epoch, the time of its registration */
  constructor(
    private readonly workspace: WorkspaceFacts,
    at: number,
    changes: Parameters<typeof newAgent>[1] = {},
  ) {
    this.#agent = newAgent(at, changes);
  }

  /** The agent as its next action finds it. */
  get facts(): AgentFacts {
    return this.#agent;
  }

  readonly #newId = (): string => String((this.#ids += 1));

  /** Decides an action, and lets follow from it what follows in the server. @param now milliseconds since the epoch */
  decide(proposal: Proposal, session: SessionFacts | undefined, now: number): Verdict {
    const verdict = decideAction(
      {
        workspace: this.workspace,
        agent: this.#agent,
        tool: toolFacts(this.workspace, proposal.tool),
        session,
        now,
        newId: this.#newId,
      },
      proposal,
    );
    const { version } = this.#agent;
    const reaction = reactTo({ ...verdict, version, now, newId: this.#newId });
    this.#agent = agentAfter(this.#agent, verdict.assessment, reaction);
    return verdict;
  }

  /** Evidence that does not come with a decision. @returns the kinds that Belay itself concluded from it */
  tell(signals: readonly NewSignal[], now: number): string[] {
    const { id: agentId, state, activity, openIncident, version } = this.#agent;
    const { assessment, reaction, evidence } = foldEvidence(
      { agentId, state, activity, openIncident },
      { agentId, actor: 'bench', signals },
      { now, version, ladder: this.workspace.ladder.body, newId: this.#newId },
    );
    this.#agent = agentAfter(this.#agent, assessment, reaction);
    return evidence.slice(signals.length).map(({ kind }) => kind);
  }

  /** People close its incidents with their causes, and lift what holds it back. */
  tend(): void {
    this.#agent = { ...this.#agent, openIncident: false, status: 'active', restrictions: [] };
  }
}
