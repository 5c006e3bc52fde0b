import { DECIDING, DEFAULT_SENSITIVITY, type Caution, type Reach } from './sensitivity';
import type { ArgumentOrigin, Provenance } from './types';

export interface WeighedTool {
  readonly sideEffect: 'none' | 'write';
  readonly reversible: boolean;
  readonly egress: boolean;
}

/**
 * Whether text from outside decides what this call does, as opposed to filling it with content.
 *
 * | call                                          | decided from outside by (with the default caution)                |
 * |-----------------------------------------------|-------------------------------------------------------------------|
 * | a read                                        | a target that was put together: data could travel in it. One that  |
 * |                                               | stands in a read as it is only fetches what somebody mentioned      |
 * | a side effect inside that can be undone       | a target                                                          |
 * | a side effect that leaves or cannot be undone | a target or a detail                                              |
 *
 * A value from a document that the request itself names is what the person pointed to, and does not count. Content never
 * decides; whether it stands in an order is for `assessInjection` to say.
 */
export function decidedFromOutside(
  { arguments: origins, unseen }: Provenance,
  tool: WeighedTool,
  caution: Caution = DEFAULT_SENSITIVITY.caution,
): boolean {
  const { roles, pointedTo, wholeTargets } = DECIDING[caution];
  const reach = reachOf(tool);
  const decides = (argument: ArgumentOrigin): boolean =>
    argument.origin === 'third_party' &&
    roles[reach].includes(argument.role ?? 'target') &&
    (pointedTo || argument.pointedTo !== true) &&
    (reach !== 'read' || wholeTargets || argument.whole !== true);
  return unseen || origins.some(decides);
}

function reachOf({ sideEffect, egress, reversible }: WeighedTool): Reach {
  if (sideEffect === 'none') return 'read';
  return egress || !reversible ? 'grave' : 'mild';
}
