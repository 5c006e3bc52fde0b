/** A call of a function as an action that can be decided on. */
import type { AgentResource, Evaluation, EvaluationContext, Json, JsonObject } from '../wire.js';

/** What tells Belay what a call is about. */
export interface ActionOptions<Args> {
  /**
   * What the action is done to; the tool itself when absent. With a function it can be read from the arguments. Policies, pacts
   * and reviewers go by it.
   */
  readonly resource?: AgentResource | ((args: Args) => AgentResource) | undefined;
  /** What else Belay should know, for example `endUser` or `case`. */
  readonly context?: EvaluationContext | ((args: Args) => EvaluationContext) | undefined;
}

export interface Described<Args> {
  readonly evaluation: Evaluation;
  /** The arguments as they were sent: exactly these run, whatever becomes of the caller's object meanwhile. */
  readonly args: Args;
}

/**
 * The action that stands for calling `tool` with `args`.
 *
 * @throws TypeError when the arguments are no JSON object: what cannot be sent cannot be decided on
 */
export function describe<Args>(
  tool: string,
  args: Args,
  { resource, context }: ActionOptions<Args>,
  session: string | undefined,
): Described<Args> {
  const sent = jsonObject(tool, args);
  const copy = structuredClone(sent) as Args;
  const about = typeof resource === 'function' ? resource(copy) : resource;
  const said = typeof context === 'function' ? context(copy) : context;
  const whole = { ...said, ...(session === undefined ? {} : { session }) };
  return {
    // A copy: what a function does to its arguments must not change what is said of them.
    args: structuredClone(sent) as Args,
    evaluation: {
      action: { name: tool, properties: { arguments: sent } },
      resource: about ?? { type: 'tool', id: tool },
      ...(Object.keys(whole).length === 0 ? {} : { context: whole }),
    },
  };
}

function jsonObject(tool: string, args: unknown): JsonObject {
  const plain = jsonOf(args ?? {}, tool, '');
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain))
    throw new TypeError(`The arguments of "${tool}" must be one object: wrap other functions.`);
  return plain;
}

/**
 * A deep copy of a JSON value. Members that are undefined are left out; anything else that JSON has no form for is an error, as
 * silently dropping it would run something else than was approved.
 */
function jsonOf(value: unknown, tool: string, path: string): Json {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value))
    return value.map((item, index) => jsonOf(item, tool, `${path}/${index}`));
  if (typeof value === 'object' && isPlain(value))
    return Object.fromEntries(
      Object.entries(value)
        .filter(([, member]) => member !== undefined)
        .map(([name, member]) => [name, jsonOf(member, tool, `${path}/${name}`)]),
    );
  const what = typeof value === 'object' ? value.constructor.name : typeof value;
  throw new TypeError(`"${path}" of the arguments of "${tool}" is no JSON value: ${what}.`);
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
