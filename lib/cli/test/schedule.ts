import { atOnce } from '../verify/at-once';

/** Something to run that may have to wait for something else. */
export interface Scheduled {
  readonly name: string;
  /** What has to have ended; it stands earlier. */
  readonly after?: string;
}

/**
 * Runs groups one after the other, and the members of a group at the same time.
 *
 * @param most how many at once, at least 1
 * @returns the results, in the order of the members
 * @throws Error when a member waits for one that does not stand before it, which would never end
 */
export async function runGroups<Member extends Scheduled, Result>(
  groups: readonly (readonly Member[])[],
  most: number,
  run: (member: Member) => Promise<Result>,
): Promise<Result[]> {
  const begun = new Map<string, Promise<Result>>();
  const inTurn = (member: Member): Promise<Result> => {
    const { name, after } = member;
    const earlier = after === undefined ? undefined : begun.get(after);
    if (after !== undefined && earlier === undefined)
      throw new Error(`${name} waits for ${after}, which does not stand before it.`);
    const result = Promise.resolve(earlier).then(() => run(member));
    begun.set(name, result);
    return result;
  };
  const results: Result[] = [];
  for (const group of groups)
    results.push(...(await atOnce(group, most, async (member) => inTurn(member))));
  return results;
}
