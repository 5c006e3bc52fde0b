/**
 * The only door to Cedar's wasm. V8 inlines calls from JavaScript into wasm, and the V8 of Node 20 aborts the whole process
 * ("unreachable code" in its deoptimizer) when such a call is deoptimized under way, which a busy process that also compiles
 * policies reaches within seconds. Without the inlining a question costs less than a microsecond more.
 */
import { setFlagsFromString } from 'node:v8';

setFlagsFromString('--no-turbo-inline-js-wasm-calls');

export {
  checkParseEntities,
  checkParseSchema,
  policyToJson,
  preparsePolicySet,
  statefulIsAuthorized,
  validate,
} from '@cedar-policy/cedar-wasm/nodejs';
export type {
  CedarValueJson,
  Context,
  DetailedError,
  Entities,
  EntityJson,
  PolicyJson,
  SourceLabel,
} from '@cedar-policy/cedar-wasm/nodejs';
