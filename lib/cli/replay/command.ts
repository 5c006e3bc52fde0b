import { z } from 'zod';
import { replay } from './index';
import { requireFiles } from './recorded';

const optionsSchema = z.object({
  url: z.url({ protocol: /^https?$/, error: '--url must be a full http or https address' }),
  key: z.string().min(1),
  reviewer: z.enum(['oracle', 'none'], { error: '--reviewer must be oracle or none' }),
  json: z.string().optional(),
  decisions: z.string().optional(),
  rung: z.coerce
    .number()
    .int()
    .min(0)
    .max(4, '--rung goes from 0 to 4: nobody is vouched up to rung 5'),
  concurrency: z.coerce.number().int().min(1).max(256),
  agents: z.enum(['session', 'shared'], { error: '--agents must be session or shared' }),
});

/** Checks what was typed, replays, and leaves exit code 1 when a session could not be played to its end. */
export async function replayCommand(
  files: readonly string[],
  typed: Readonly<Record<string, string>>,
): Promise<void> {
  const parsed = optionsSchema.safeParse(typed);
  if (!parsed.success)
    throw new Error(parsed.error.issues.map((issue) => issue.message).join('\n'));
  requireFiles(files);
  const { json, decisions, ...options } = parsed.data;
  const ok = await replay(files, {
    ...options,
    ...(json === undefined ? {} : { json }),
    ...(decisions === undefined ? {} : { decisions }),
  });
  if (!ok) process.exitCode = 1;
}
