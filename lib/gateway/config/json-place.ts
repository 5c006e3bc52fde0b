/** Where a member of a JSON text stands, so that a complaint about it can name the line. Pure. */

/** A string, a number, a word, or one of the six signs. */
const TOKEN = /"(?:[^"\\]|\\.)*"|[-\w.+]+|[{}[\]:,]/gs;

interface Level {
  readonly kind: '{' | '[';
  key: string | number;
  expectsKey: boolean;
}

/**
 * The line, from 1, of the value at a path of a well-formed JSON text; of the nearest value around it when there is none.
 *
 * @example lineOf('{\n "a": [1,\n 2] }', ['a', 1]) // 3
 */
export function lineOf(text: string, path: readonly PropertyKey[]): number {
  const wanted = path.map(String);
  const levels: Level[] = [];
  let best = { depth: -1, at: 0 };
  for (const match of text.matchAll(TOKEN)) {
    const [token] = match;
    const level = levels.at(-1);
    if (level?.expectsKey === true && token.startsWith('"')) {
      level.key = JSON.parse(token) as string;
      level.expectsKey = false;
      // A member is found by its name: that is what a person looks for.
      best = nearer(best, levels, wanted, match.index);
    } else if (token === '{' || token === '[') {
      best = nearer(best, levels, wanted, match.index);
      levels.push({ kind: token, key: token === '[' ? 0 : '', expectsKey: token === '{' });
    } else if (token === '}' || token === ']') levels.pop();
    else if (token === ',' && level !== undefined) {
      if (typeof level.key === 'number') level.key += 1;
      level.expectsKey = level.kind === '{';
    } else if (token !== ':') best = nearer(best, levels, wanted, match.index);
  }
  return text.slice(0, best.at).split('\n').length;
}

function nearer(
  best: { depth: number; at: number },
  levels: readonly Level[],
  wanted: readonly string[],
  at: number,
): { depth: number; at: number } {
  const depth = levels.length;
  if (depth <= best.depth || depth > wanted.length) return best;
  return levels.every(({ key }, index) => String(key) === wanted[index]) ? { depth, at } : best;
}
