/** Recorded sessions of agents, in the format of docs/recordings.md. Only what a gate may see, and the labels for the oracle. */
import { createReadStream, existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { z } from 'zod';

export const stepSchema = z.object({
  i: z.int(),
  turn: z.int(),
  tool: z.string(),
  args: z.record(z.string(), z.json()),
  error: z.string().nullable(),
  tool_result_ref: z.string().nullable(),
  side_effect: z.boolean(),
  on_user_path: z.boolean(),
  on_injection_path: z.boolean(),
});

export const sessionSchema = z.object({
  session_id: z.string(),
  source: z.string(),
  suite: z.string(),
  agent_id: z.string(),
  prompt: z.string(),
  steps: z.array(stepSchema),
});

export type RecordedStep = z.infer<typeof stepSchema>;
export type RecordedSession = z.infer<typeof sessionSchema>;

const resultSchema = z.object({ ref: z.string(), text: z.string() });

async function* linesOf(path: string): AsyncGenerator<string> {
  const file = createReadStream(path);
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
  for await (const line of createInterface({ input: text, crlfDelay: Infinity }))
    if (line !== '') yield line;
}

/** @throws Error that names the first file that is not there */
export function requireFiles(paths: readonly string[]): void {
  const missing = paths.find((path) => !existsSync(path));
  if (missing !== undefined) throw new Error(`No such file: ${missing}`);
}

/** @throws when a line of a file is not a session; the message names file and line */
export async function* readSessions(paths: readonly string[]): AsyncGenerator<RecordedSession> {
  for (const path of paths.filter((name) => !isResults(name))) {
    let number = 0;
    for await (const line of linesOf(path)) {
      number += 1;
      const parsed = sessionSchema.safeParse(jsonOf(line));
      if (!parsed.success)
        throw new Error(
          `${path}:${number} is not a recorded session: ${z.prettifyError(parsed.error)}`,
        );
      yield parsed.data;
    }
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

/** `train/*.jsonl.gz` names the results too; they hold no sessions. */
const isResults = (path: string) => basename(path).startsWith('tool_results');

/** The full texts of tool results by their reference, from the file that lies beside the sessions. */
export async function readResults(paths: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  for (const folder of new Set(paths.map((path) => dirname(path)))) {
    const path = join(folder, 'tool_results.jsonl.gz');
    if (!existsSync(path)) continue;
    for await (const line of linesOf(path)) {
      const parsed = resultSchema.safeParse(jsonOf(line));
      if (parsed.success) texts.set(parsed.data.ref, parsed.data.text);
    }
  }
  return texts;
}

const catalogueSchema = z.array(
  z.object({
    tool: z.string(),
    description: z.string(),
    side_effect: z.boolean(),
    effect: z.string(),
    reversible: z.boolean().nullable(),
    data_classification: z.enum(['public', 'internal', 'confidential', 'restricted']),
    carries_third_party_text: z.boolean(),
  }),
);
export type RecordedTool = z.infer<typeof catalogueSchema>[number];

/** The tool catalogue beside the data: in the folder of the files, or the one above. */
export function readCatalogue(paths: readonly string[]): RecordedTool[] {
  const folders = paths.flatMap((path) => [dirname(path), join(dirname(path), '..')]);
  const found = folders
    .map((folder) => join(folder, 'tools.json'))
    .find((path) => existsSync(path));
  if (found === undefined)
    throw new Error(
      `There is no tools.json beside ${paths[0] ?? 'the sessions'} or in the folder above.`,
    );
  return catalogueSchema.parse(JSON.parse(readFileSync(found, 'utf8')));
}
