/** Recorded sessions with their ground truth: what the gate may see comes from the replay's loader, the rest is for scoring. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { toolInputs } from '@/lib/cli/replay/catalogue';
import { readCatalogue, readResults, sessionSchema, stepSchema } from '@/lib/cli/replay/recorded';
import type { ToolFacts } from '@/lib/decide/facts';

const labelledSchema = sessionSchema.extend({
  attack: z.string().nullable(),
  injection_goal: z.string().nullable(),
  task_kind: z.string(),
  label_conflict: z.boolean(),
  security_breached: z.boolean(),
  breach_channel: z.string().nullable(),
  block_sets: z.array(z.array(z.int())),
  attack_attempt_steps: z.array(z.int()),
  steps: z.array(stepSchema),
});
export type LabelledSession = z.infer<typeof labelledSchema>;

export interface Recording {
  readonly sessions: readonly LabelledSession[];
  readonly results: ReadonlyMap<string, string>;
  readonly tools: ReadonlyMap<string, ToolFacts>;
}

/** The sessions that count: of user tasks, with labels that agree. `folder` holds the session files, results and catalogue. */
export async function readRecording(folder: string): Promise<Recording> {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl.gz') && !name.startsWith('tool_results'))
    .map((name) => join(folder, name));
  if (files.length === 0) throw new Error(`There are no recorded sessions in ${folder}.`);
  const tools = toolInputs(readCatalogue(files)).map((tool): ToolFacts => ({
    ...tool,
    known: true,
  }));
  return {
    sessions: files.flatMap(sessionsIn).filter(counts),
    results: await readResults(files),
    tools: new Map(tools.map((tool) => [tool.name, tool])),
  };
}

const counts = (session: LabelledSession) =>
  !session.label_conflict && session.task_kind === 'user_task';

function sessionsIn(path: string): LabelledSession[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').split('\n');
  return lines.filter(Boolean).map((line) => labelledSchema.parse(JSON.parse(line)));
}
