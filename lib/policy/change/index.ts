/** Changing a policy: tests that stay with it, and whether the new text lets more through. Pure. */
export { gridInputs } from './grid';
export { inputOf, outlineOf } from './outline';
export { runStoredTests } from './stored-tests';
export {
  changeOf,
  factsNotCompared,
  mayDiffer,
  provable,
  widens,
  type OutcomeChange,
} from './widening';
