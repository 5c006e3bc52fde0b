import type { OutcomeReport } from '../wire.js';

/** What provenance reads; what is longer is cut there, and Belay notes that it was. */
const MOST_CHARACTERS = 64 * 1024 + 1;
const MOST_ERROR_CHARACTERS = 4_000;

/** Text of a result as the later calls of the session are judged by it. */
export function outputOf(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  try {
    return JSON.stringify(value);
  } catch {
    // A cycle, or a number that JSON has no form for: there is no text of it to judge by.
    return undefined;
  }
}

/** @param output undefined when there is nothing to read */
export const succeeded = (output: string | undefined): OutcomeReport => ({
  status: 'succeeded',
  ...(output === undefined ? {} : { output: storable(output).slice(0, MOST_CHARACTERS) }),
});

export function failed(error: unknown): OutcomeReport {
  const text =
    error instanceof Error && error.name !== 'Error'
      ? `${error.name}: ${error.message}`
      : String(error instanceof Error ? error.message : error);
  return { status: 'failed', error: storable(text).slice(0, MOST_ERROR_CHARACTERS) };
}

/** A database stores no NUL. */
const storable = (text: string) => text.replaceAll('\u0000', '\uFFFD');
