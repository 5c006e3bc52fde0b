export { binaryArray, type Cell, type ElementType } from './binary-array';
export { isDatabaseUnavailable } from './errors';
export { isUuid, newId } from './ids';
export {
  asOneTransaction,
  closePool,
  pool,
  sql,
  withClosing,
  withTransaction,
  type Closing,
} from './pool';
export { closePrisma, prisma, sqlOfPrisma } from './prisma';
export { send, type Sql, type SqlValue, type Statement } from './sql';
