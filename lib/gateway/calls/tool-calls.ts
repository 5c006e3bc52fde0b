/**
 * One call of a tool, from the agent to its server and back: decide, wait for a person where one is needed, spend the permit, run,
 * report. Nothing reaches a server without a permit that was just spent, and what goes wrong on the way is a no.
 */
import type { CallToolResult, Progress } from '@modelcontextprotocol/server';
import { canonicalText, sha256Hex } from '@/lib/ledger';
import {
  jsonObjectSchema,
  type DecisionStatus,
  type EvaluationResponse,
  type Outcome,
} from '@/lib/contracts';
import type { AskedCall, BelayApi } from '../belay/api';
import type { Watch } from '../belay/watch';
import type { GatewayConfig } from '../config/schema';
import type { Catalogue, OfferedTool } from '../tools/catalogue';
import * as say from './answers';
import { askedCall } from './asked-call';
import { Stopped, type OpenCalls, type Opened } from './open-calls';
import { runCall, type Allowed } from './run-call';
import type { AgentSession, WaitingCall } from './session';
import { waitForVerdict } from './wait';

/** Belay takes arguments up to this size, in UTF-16 units of their canonical JSON. */
const MOST_ARGUMENTS = 128 * 1024;

export interface CallRequest {
  readonly session: AgentSession;
  /** As the agent calls the tool. */
  readonly name: string;
  readonly arguments: Readonly<Record<string, unknown>>;
  /** Aborted when the client cancels the call or goes away. */
  readonly signal: AbortSignal;
  /** The client can show a page to its user, and has not been asked to for this request yet. */
  readonly mayAsk: boolean;
  /** The user did not want to see the page. */
  readonly declined: boolean;
  /** Progress of a call that waits or runs, when the client asked for it. */
  readonly progress: ((progress: Progress) => void) | undefined;
}

export type CallAnswer =
  | { readonly kind: 'result'; readonly result: CallToolResult }
  /** The client's user has to see the page of the approval; then the same call comes again. */
  | { readonly kind: 'ask'; readonly url: string; readonly message: string };

interface Parts {
  readonly api: BelayApi;
  readonly watch: Watch;
  readonly catalogue: Catalogue;
  readonly open: OpenCalls;
  readonly config: Pick<GatewayConfig, 'waiting' | 'tools'>;
}

interface Prepared {
  readonly request: CallRequest;
  readonly tool: OfferedTool;
  readonly asked: AskedCall;
  /** Names this call in its session: the same call made again is the same. */
  readonly key: string;
  /** What its server offers is known well enough. */
  readonly fresh: boolean;
  /** The server has been asked again what it offers, where it is not. */
  readonly rechecked: Promise<unknown>;
}

type Answered = EvaluationResponse['context'];

const done = (result: CallToolResult): CallAnswer => ({ kind: 'result', result });

export class ToolCalls {
  /** How old a list of tools may be when one of them is called, in milliseconds. */
  readonly #listMs: number;

  constructor(private readonly parts: Parts) {
    this.#listMs = parts.config.tools.recheckSeconds * 1000;
  }

  async call(request: CallRequest): Promise<CallAnswer> {
    const prepared = this.#prepare(request);
    if ('refused' in prepared) return done(prepared.refused);
    const { session } = request;
    session.calls += 1;
    try {
      await session.ready();
      const waiting = session.waiting.get(prepared.key);
      if (waiting !== undefined) return await this.#goOnWaiting(prepared, waiting);
      return await this.#decide(prepared);
    } catch (error) {
      if (request.signal.aborted) throw error;
      return done(say.noDecision(error));
    } finally {
      session.calls -= 1;
    }
  }

  #prepare(request: CallRequest): Prepared | { refused: CallToolResult } {
    const tool = this.parts.catalogue.find(request.name);
    if (tool === undefined)
      return { refused: say.refusal(`There is no tool "${request.name.slice(0, 128)}".`) };
    const given = jsonObjectSchema.safeParse(request.arguments);
    const text = given.success ? canonicalOrNothing(given.data) : undefined;
    if (!given.success || text === undefined)
      return { refused: say.refusal('The arguments are not well-formed JSON.') };
    if (text.length > MOST_ARGUMENTS)
      return {
        refused: say.refusal(`The arguments are longer than ${MOST_ARGUMENTS} characters.`),
      };
    const asked = askedCall(tool, given.data);
    if ('refused' in asked) return { refused: say.refusal(asked.refused) };
    const { catalogue } = this.parts;
    const fresh = catalogue.isFresh(tool.upstream, this.#listMs);
    const rechecked = catalogue.refresh(tool.upstream, this.#listMs);
    // Awaited before anything runs; until then its failure waits too.
    rechecked.catch(() => undefined);
    return {
      request,
      tool,
      asked,
      key: sha256Hex(`${tool.name}\n${text}`),
      fresh,
      rechecked,
    };
  }

  async #decide(prepared: Prepared): Promise<CallAnswer> {
    const { request, asked, tool } = prepared;
    const { agent, id: session } = request.session;
    // With nothing left to find out before it runs, its permit is spent with the decision.
    const redeem = prepared.fresh && tool.upstream.connected;
    const opened = this.parts.open.add({ id: undefined, agent, tool: tool.name }, request.signal);
    try {
      // Whoever cancels meanwhile waits for the answer: what it left behind is known then, and taken back.
      const { context } = await this.parts.api.evaluate(agent, session, asked, redeem);
      opened.decided(context.id);
      const { outcome } = context;
      if (outcome !== 'allow') return await this.#notAllowed(prepared, { ...context, outcome });
      const spent = context.redeemedAt !== undefined;
      const run = { decisionId: context.id, asked, pauses: 0, spent };
      return done(await this.#run(prepared, opened, run));
    } finally {
      opened.end();
    }
  }

  async #notAllowed(
    prepared: Prepared,
    context: Answered & { readonly outcome: Exclude<Outcome, 'allow'> },
  ): Promise<CallAnswer> {
    const { request } = prepared;
    const { approval, outcome, reasons } = context;
    if (outcome !== 'require_approval' || approval === undefined)
      return done(say.decided(outcome, reasons));
    if (request.signal.aborted) {
      await this.parts.api.withdraw(context.id, 'The client cancelled the call.');
      throw request.signal.reason;
    }
    const waiting: WaitingCall = { decisionId: context.id, approval, waiters: 0 };
    // Another request with the same call may have been decided meanwhile; one approval is enough.
    const earlier = request.session.waiting.get(prepared.key);
    if (earlier !== undefined) {
      await this.parts.api.withdraw(context.id, 'The same call was asked for twice at once.');
      return this.#goOnWaiting(prepared, earlier);
    }
    request.session.waiting.set(prepared.key, waiting);
    return this.#goOnWaiting(prepared, waiting, context);
  }

  async #goOnWaiting(
    prepared: Prepared,
    waiting: WaitingCall,
    context?: Answered,
  ): Promise<CallAnswer> {
    const { request } = prepared;
    if (request.declined) {
      await this.#withdraw(prepared, waiting, 'The user of the client did not want to see it.');
      return done(say.refusal(say.DECLINED));
    }
    if (request.mayAsk && context !== undefined) {
      const why = context.reasons[0]?.text ?? 'This call needs an approval.';
      const message = `"${prepared.tool.name}" waits for a person's approval. ${why}`;
      return { kind: 'ask', url: waiting.approval.url, message };
    }
    return done(await this.#wait(prepared, waiting));
  }

  async #wait(prepared: Prepared, waiting: WaitingCall): Promise<CallToolResult> {
    const { request, tool } = prepared;
    const call = { id: waiting.decisionId, agent: request.session.agent, tool: tool.name };
    const opened = this.parts.open.add(call, request.signal);
    let pauses = 0;
    waiting.waiters += 1;
    try {
      const { decisionId, approval } = waiting;
      const awaited = { decisionId, approvalId: approval.id };
      const { status } = await waitForVerdict(this.parts, awaited, {
        ms: this.parts.config.waiting.seconds * 1000,
        signal: opened.signal,
        onPause: () => {
          pauses += 1;
          const message = `Waiting for a person: ${waiting.approval.url}`;
          request.progress?.({ progress: pauses, message });
        },
      });
      waiting.waiters -= 1;
      return await this.#afterWaiting(prepared, waiting, { status, opened, pauses });
    } finally {
      opened.end();
    }
  }

  async #afterWaiting(
    prepared: Prepared,
    waiting: WaitingCall,
    waited: { status: DecisionStatus | undefined; opened: Opened; pauses: number },
  ): Promise<CallToolResult> {
    const { request } = prepared;
    const { status, opened, pauses } = waited;
    const { signal } = opened;
    if (request.signal.aborted) {
      if (waiting.waiters === 0)
        await this.#withdraw(prepared, waiting, 'The client cancelled the call.');
      throw request.signal.reason;
    }
    if (signal.reason instanceof Stopped) {
      const reason = signal.reason.reason;
      await this.#withdraw(prepared, waiting, reason.text).catch(() => undefined);
      return say.stoppedWhile('waiting', reason);
    }
    if (status === undefined) return say.noDecision(undefined);
    if (status.state === 'pending') return say.stillWaiting(waiting, status.question?.text);
    request.session.waiting.delete(prepared.key);
    if (status.state === 'rejected') return say.rejected(status);
    const ended = say.ENDED[status.state];
    if (ended !== undefined) return say.refusal(ended);
    return this.#runApproved(prepared, opened, status, pauses);
  }

  /** With the arguments that were approved, which may be others than those that were asked for. */
  async #runApproved(
    prepared: Prepared,
    opened: Opened,
    status: DecisionStatus,
    pauses: number,
  ): Promise<CallToolResult> {
    const edit = status.verdict?.edit;
    const { action, resource } = prepared.asked;
    const asked =
      edit === undefined
        ? prepared.asked
        : { action: { ...action, properties: { arguments: edit.arguments } }, resource };
    const run = { decisionId: status.id, asked, pauses, spent: false };
    const result = await this.#run(prepared, opened, run);
    return edit === undefined ? result : say.withEdits(result, edit.changes);
  }

  /** @param opened from before the permit is spent: what stops the call from then on finds it there */
  async #run(
    { request, tool, rechecked }: Prepared,
    opened: Opened,
    allowed: Pick<Allowed, 'decisionId' | 'asked' | 'pauses'> & { readonly spent: boolean },
  ): Promise<CallToolResult> {
    const { decisionId, asked, pauses, spent } = allowed;
    if (!spent) {
      // A change of the tool that shows now stops it at the redemption.
      await rechecked;
      await tool.upstream.connect();
      await this.parts.api.redeem(decisionId, asked);
    }
    const { session, progress } = request;
    const { signal } = opened;
    try {
      return await runCall({ decisionId, asked, pauses, session, tool, progress, signal });
    } finally {
      this.parts.catalogue.keepFresh(tool.upstream, this.#listMs);
    }
  }

  async #withdraw(prepared: Prepared, waiting: WaitingCall, reason: string): Promise<void> {
    const { session } = prepared.request;
    if (session.waiting.get(prepared.key) === waiting) session.waiting.delete(prepared.key);
    await this.parts.api.withdraw(waiting.decisionId, reason.slice(0, 500));
  }
}

function canonicalOrNothing(value: unknown): string | undefined {
  try {
    return canonicalText(value);
  } catch {
    return undefined;
  }
}
