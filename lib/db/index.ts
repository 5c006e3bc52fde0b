export { binaryArray, type Cell, type ElementType } from './binary-array';
export { isDatabaseUnavailable } from './errors';
export { isUuid, newId } from './ids';
export { asOneTransaction, closePool, pool, sql, withTransaction } from './pool';
export { closePrisma, prisma, sqlOfPrisma } from './prisma';
export type { Sql, SqlValue } from './sql';
