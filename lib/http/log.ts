import { env } from '@/lib/env';

const LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

type Fields = Readonly<Record<string, unknown>>;

/** One JSON line on standard error. Values of requests are never logged, only ids and messages. */
function log(level: (typeof LEVELS)[number], message: string, fields: Fields): void {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(env().logLevel)) return;
  process.stderr.write(
    `${JSON.stringify({ at: new Date().toISOString(), level, message, ...printable(fields) })}\n`,
  );
}

function printable(fields: Fields): Fields {
  const { error, ...rest } = fields;
  if (error === undefined) return rest;
  return {
    ...rest,
    error:
      error instanceof Error
        ? { name: error.name, message: error.message, stack: error.stack }
        : JSON.stringify(error),
  };
}

export const logError = (message: string, fields: Fields = {}) => log('error', message, fields);
