import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A digest of files and folders: the same text as long as no byte and no name in them changes.
 *
 * @param {string} root
 * @param {readonly string[]} paths relative to the root; missing ones count as missing
 * @param {(path: string) => boolean} [isCounted]
 * @returns {string}
 */
export function contentStamp(root, paths, isCounted = () => true) {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((start) => listFiles(root, start)).sort()) {
    if (!isCounted(path)) continue;
    const file = createHash('sha256')
      .update(readFileSync(join(root, path)))
      .digest('hex');
    hash.update(`${path}\0${file}\n`);
  }
  return hash.digest('hex');
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function listFiles(root, path) {
  const stat = statSync(join(root, path), { throwIfNoEntry: false });
  if (stat === undefined) return [];
  if (stat.isFile()) return [path];
  return readdirSync(join(root, path)).flatMap((name) => listFiles(root, `${path}/${name}`));
}

/**
 * @param {string} path
 * @returns {string | undefined}
 */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8').trim();
  } catch {
    return undefined;
  }
}
