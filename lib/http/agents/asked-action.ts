/** The action an agent names in a request, the same when it asks and when it redeems. */
import { DomainError, type EvaluationRequest, type Json } from '@/lib/contracts';

export interface AskedAction {
  readonly tool: string;
  readonly arguments: Readonly<Record<string, Json>>;
  readonly resource: {
    readonly type: string;
    readonly id: string;
    readonly properties?: Readonly<Record<string, Json>>;
  };
}

/**
 * Every property of an action counts: it is decided on, shown, and bound by the digest. Those outside of `arguments`, as other
 * clients of AuthZEN send them, are arguments too.
 *
 * @throws DomainError 422 `ambiguous_arguments` when a property has the name of an argument, `misplaced_arguments` when they stand
 *   beside `properties` instead of in it
 */
export function askedAction({
  action,
  resource,
}: Pick<EvaluationRequest, 'action' | 'resource'>): AskedAction {
  if (Object.hasOwn(action, 'arguments'))
    throw new DomainError(
      'unprocessable',
      'misplaced_arguments',
      'The arguments stand in "action.arguments"; they belong in "action.properties.arguments".',
    );
  const { arguments: given = {}, ...others } = action.properties ?? {};
  const twice = Object.keys(others).find((name) => Object.hasOwn(given, name));
  if (twice !== undefined)
    throw new DomainError(
      'unprocessable',
      'ambiguous_arguments',
      `"${twice.slice(0, 64)}" is both a property of the action and one of its arguments; send it once.`,
    );
  const { type, id, properties } = resource;
  return {
    tool: action.name,
    arguments: { ...others, ...given },
    resource: { type, id, ...(properties === undefined ? {} : { properties }) },
  };
}
