/** One task of an agent: the request it may trust, and the functions it may call for it. */
import type { Guardable, GuardedFunction, GuardOptions } from './guard/guard.js';

type GuardIn = <Args, Value>(
  tool: string,
  fn: Guardable<Args, Value>,
  options: GuardOptions<Args, Value>,
) => GuardedFunction<Args, Value>;

export class Session {
  constructor(
    readonly id: string,
    private readonly guardIn: GuardIn,
  ) {}

  /**
   * As `Belay.guard`, within this session: what the function returns counts as text that was read from outside (where the tool
   * catalogue says so), and the arguments of later calls are held against it and against the request.
   */
  guard<Args, Value>(
    tool: string,
    fn: Guardable<Args, Value>,
    options: GuardOptions<Args, Value> = {},
  ): GuardedFunction<Args, Value> {
    return this.guardIn(tool, fn, options);
  }
}
