import type { z } from 'zod';
import { lineOf } from './json-place';
import { gatewaySchema, type GatewayConfig } from './schema';

/** The message is a list of plain sentences, each with the line it is about. */
class InvalidConfig extends Error {
  override readonly name = 'InvalidConfig';
}

/**
 * @param file its name, for the sentences
 * @throws InvalidConfig
 */
export function parseConfig(text: string, file: string): GatewayConfig {
  const parsed = gatewaySchema.safeParse(jsonOf(text, file));
  if (parsed.success) return parsed.data;
  const sentences = parsed.error.issues.map((issue) => sentenceOf(issue, text, file));
  throw new InvalidConfig(`The gateway cannot use its configuration:\n${sentences.join('\n')}`);
}

function jsonOf(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const at = /position (\d+)/.exec(reason)?.[1];
    const line = at === undefined ? '' : `:${text.slice(0, Number(at)).split('\n').length}`;
    throw new InvalidConfig(`${file}${line} is not JSON: ${reason}.`);
  }
}

function sentenceOf(issue: z.core.$ZodIssue, text: string, file: string): string {
  const keys = issue.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...issue.path, ...keys.slice(0, 1)];
  const name = path.map(String).join('.');
  const message =
    keys.length > 0 ? 'is not a setting of the gateway' : lowerFirst(messageOf(issue));
  return `- ${file}:${lineOf(text, path)} ${name === '' ? 'The file' : `"${name}"`} ${message}.`;
}

/** A key of a record that breaks a rule says so one level deeper. */
function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return issue.issues[0]?.message ?? issue.message;
  if (issue.code === 'invalid_type' && issue.input === undefined)
    return `must be given, as ${issue.expected}`;
  return issue.message;
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);
