import type { ArgumentOrigin, Provenance } from './types';

export interface WeighedTool {
  readonly sideEffect: 'none' | 'write';
  readonly reversible: boolean;
  readonly egress: boolean;
}

/**
 * Whether text from outside decides what this call does, as opposed to filling it with content.
 *
 * | call                                        | decided from outside by                                            |
 * |---------------------------------------------|--------------------------------------------------------------------|
 * | a read                                      | a target that was put together: data could travel in it. One that  |
 * |                                             | stands in a read as it is only fetches what somebody pointed to     |
 * | a side effect inside that can be undone     | a target                                                           |
 * | a side effect that leaves or cannot be undone | a target or a detail                                             |
 *
 * A value from a document that the request itself names is what the person pointed to, and does not count.
 * Content never decides; whether it stands in an order is for `assessInjection` to say.
 */
export function decidedFromOutside(
  { arguments: origins, unseen }: Provenance,
  tool: WeighedTool,
): boolean {
  const foreign = origins.filter(({ origin }) => origin === 'third_party');
  return unseen || foreign.some((argument) => decides(argument, tool));
}

function decides({ role, whole, pointedTo }: ArgumentOrigin, tool: WeighedTool): boolean {
  if (pointedTo === true) return false;
  if (tool.sideEffect === 'none') return role === 'target' && whole !== true;
  if (role === 'target') return true;
  return role === 'detail' && (tool.egress || !tool.reversible);
}
