/** `belay replay`: recorded sessions through the public HTTP API, as fast as the server takes them. */
import { writeFileSync } from 'node:fs';
import { BelayError } from '@/lib/client/agent/index';
import type { Played } from './play-session';
import { runReplay, type Run, type RunOptions } from './run';
import { summarise, tableOf, type Summary } from './tally';

export interface ReplayOptions extends Omit<RunOptions, 'witness' | 'stop'> {
  readonly json?: string;
  /** Where each decision is written, a line of JSON each, for a scorer that knows the labels. */
  readonly decisions?: string;
}

/** @returns whether every session was played to its end */
export async function replay(files: readonly string[], options: ReplayOptions): Promise<boolean> {
  const run = await runReplay(files, { ...options, url: options.url.replace(/\/$/, '') });
  const { played, failures } = run;
  const summary = summaryOf(run);
  process.stdout.write(`${tableOf(summary)}\n`);
  if (failures.length > 0)
    process.stdout.write(`${failures.length} sessions ended early; each is named above.\n`);
  if (options.json !== undefined)
    writeFileSync(
      options.json,
      JSON.stringify({ summary, decisions: played.map(record) }, null, 1),
    );
  if (options.decisions !== undefined)
    writeFileSync(options.decisions, played.map(scorerLine).join(''));
  return failures.length === 0;
}

export function summaryOf({ played, failures, ...run }: Run): Summary {
  const serverErrors = failures.filter(
    (error) => !(error instanceof BelayError) || error.status === 0 || error.status >= 500,
  ).length;
  return summarise(played, { ...run, serverErrors });
}

const record = ({ step, ...item }: Played) => ({ ...item, i: step.i, tool: step.tool });

const SCORED = {
  allow: 'allow',
  require_approval: 'review',
  suggest: 'deny',
  deny: 'deny',
} as const;
const scorerLine = (item: Played) =>
  `${JSON.stringify({ session_id: item.sessionId, i: item.step.i, decision: SCORED[item.outcome], alert: item.alert })}\n`;
