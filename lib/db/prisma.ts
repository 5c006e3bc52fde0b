import { PrismaPg } from '@prisma/adapter-pg';
import { DatabaseUnavailable, isDatabaseUnavailable } from './errors';
import { Prisma, PrismaClient } from './generated/client';
import { createPool } from './pool';
import type { Sql, SqlValue } from './sql';
import { databaseUrl } from './url';

/** A Prisma transaction, or the client itself. */
export type PrismaTransaction = Prisma.TransactionClient;

// Next loads this module more than once (routes, instrumentation); the client must stay one.
const shared = globalThis as typeof globalThis & { belayPrisma?: PrismaClient | undefined };

/** The Prisma client of this process, opened on first use. */
export function prisma(): PrismaClient {
  shared.belayPrisma ??= createPrisma(databaseUrl());
  return shared.belayPrisma;
}

/** A Prisma client for one database, with connections of its own. */
function createPrisma(url: string): PrismaClient {
  const adapter = new PrismaPg(createPool(url), { disposeExternalPool: true });
  return new PrismaClient({ adapter });
}

/** Closes the client; the next use opens a new one. */
export async function closePrisma(): Promise<void> {
  const open = shared.belayPrisma;
  shared.belayPrisma = undefined;
  await open?.$disconnect();
}

/**
 * The `Sql` port over a Prisma transaction, so that evidence and ledger entries are written in
 * the same transaction as a service's own rows. Values and rows have the same types as on a
 * plain connection.
 */
export function sqlOfPrisma(transaction: Pick<PrismaTransaction, '$queryRawUnsafe'>): Sql {
  return async <Row>(text: string, values: readonly SqlValue[] = []) => {
    try {
      const rows = await transaction.$queryRawUnsafe<Record<string, unknown>[]>(text, ...values);
      return rows.map(plainRow) as Row[];
    } catch (error) {
      throw isDatabaseUnavailable(error) ? new DatabaseUnavailable(error) : error;
    }
  };
}

function plainRow(row: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [key, plainValue(value)]));
}

/** Prisma's own number and byte types become those of a plain connection. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value);
  if (Array.isArray(value)) return value.map(plainValue);
  if (Prisma.Decimal.isDecimal(value)) return value.toString();
  if (value instanceof Uint8Array && !Buffer.isBuffer(value)) return Buffer.from(value);
  return value;
}
