/** A call that was allowed, at its server: its permit is spent, its server answers or does not, and Belay hears which. */
import type { CallToolResult, Progress } from '@modelcontextprotocol/server';
import type { AskedCall } from '../belay/api';
import type { OfferedTool } from '../tools/catalogue';
import * as say from './answers';
import { Stopped } from './open-calls';
import { outcomeOf } from './outcome';
import type { AgentSession } from './session';

export interface Allowed {
  readonly session: AgentSession;
  readonly tool: OfferedTool;
  readonly decisionId: string;
  /** As it was decided on: what runs. */
  readonly asked: AskedCall;
  /** How often its waiting was told as progress. */
  readonly pauses: number;
  readonly progress: ((progress: Progress) => void) | undefined;
  /** Aborted when the client cancels, or with `Stopped` when Belay stops it. */
  readonly signal: AbortSignal;
}

/**
 * Runs a call whose permit was spent. Its outcome is on its way to Belay when the agent has the result.
 *
 * @throws the reason of the signal when the client cancelled
 */
export async function runCall(call: Allowed): Promise<CallToolResult> {
  const { session, tool, decisionId, progress, pauses, signal } = call;
  try {
    signal.throwIfAborted();
    const result = await tool.upstream.call({
      decisionId,
      tool: { name: tool.tool.name, inputSchema: tool.tool.inputSchema },
      arguments: call.asked.action.properties?.arguments ?? {},
      signal,
      ...(progress === undefined
        ? {}
        : { onprogress: (at) => progress({ ...at, progress: at.progress + pauses }) }),
    });
    session.report(decisionId, outcomeOf(result));
    return result;
  } catch (error) {
    const reason: unknown = signal.reason;
    const stopped = reason instanceof Stopped ? reason : undefined;
    const why = stopped?.message ?? sentenceOf(error);
    session.report(decisionId, { status: 'failed', error: why.slice(0, 1_000) });
    if (signal.aborted && stopped === undefined) throw error;
    if (stopped !== undefined) return say.stoppedWhile('running', stopped.reason);
    return say.refusal(`The server of "${tool.name}" did not answer the call: ${why}`);
  }
}

const sentenceOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).toWellFormed().replaceAll('\u0000', '');
