/**
 * Subjects that are no agents: what a workspace's own Cedar policies and entities say of them. `compileAccessModel` validates a
 * model, `decideAccess` asks it. Pure apart from Cedar's wasm.
 */
export { decideAccess } from './decide-access';
export { AccessModelInvalid, compileAccessModel, type CompiledAccess } from './model';
export type { AccessAnswer, AccessQuestion } from './question';
