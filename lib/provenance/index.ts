/**
 * Where the arguments of a call came from, and whether the call follows orders that somebody hid in what the agent read.
 *
 * `assessProvenance` looks for every argument in the trusted request and in the text read so far, `detectInstructions` finds
 * instruction-like text by its features, `assessInjection` joins both. Deterministic, bounded in time and memory, pure.
 */
export { assessProvenance } from './assess';
export type { ProvenanceInput } from './assess';
export { partsAround } from './extract';
export type { Part, Parts, Place } from './extract';
export { detectInstructions } from './instructions';
export { assessInjection } from './injection';
export { plantedOrders } from './passages';
export type { InjectionInput } from './injection';
export { namesDocument } from './named-document';
export { DEFAULT_SENSITIVITY } from './sensitivity';
export type { Caution, Sensitivity } from './sensitivity';
export { decidedFromOutside } from './weigh';
export type { WeighedTool } from './weigh';
export type {
  ArgumentOrigin,
  Injection,
  InjectionLevel,
  InjectionReason,
  InstructionSpan,
  Instructions,
  Origin,
  Provenance,
  Read,
  ReadSpan,
} from './types';
