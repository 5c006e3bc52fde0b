import { randomBytes } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** How to reach the embedded PostgreSQL of one BELAY_HOME. */
export interface Connection {
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: string;
}

const connectionSchema = z.object({
  port: z.number().int().min(1).max(65535),
  user: z.string().min(1),
  password: z.string().min(1),
  database: z.string().min(1),
});

export const connectionPath = (home: string): string => join(home, 'postgres.json');

/** The recorded connection, or nothing on a fresh home. */
export function readConnection(home: string): Connection | undefined {
  try {
    return connectionSchema.parse(JSON.parse(readFileSync(connectionPath(home), 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new Error(`The file ${connectionPath(home)} is damaged.`, { cause: error });
  }
}

/** Writes the file whole or not at all, readable by its owner only. */
export function writeConnection(home: string, connection: Connection): void {
  const draft = `${connectionPath(home)}.${randomBytes(6).toString('hex')}`;
  try {
    writeFileSync(draft, `${JSON.stringify(connection, null, 2)}\n`, { mode: 0o600 });
    renameSync(draft, connectionPath(home));
  } finally {
    rmSync(draft, { force: true });
  }
}

/** A connection for a fresh home; its port is chosen at the start. */
export function newConnection(port: number): Connection {
  return {
    port,
    user: 'belay',
    password: randomBytes(24).toString('base64url'),
    database: 'belay',
  };
}

export function urlOf(connection: Connection, database: string = connection.database): string {
  const { user, password, port } = connection;
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}

/** The address of the embedded PostgreSQL if one was ever started under `home`. */
export function runningDatabaseUrl(home: string): string | undefined {
  const connection = readConnection(home);
  return connection === undefined ? undefined : urlOf(connection);
}
