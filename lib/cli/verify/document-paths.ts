import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export interface MissingPath {
  readonly document: string;
  readonly path: string;
}

/** Folders whose files a document may name; anything else in backticks is not taken for a path. */
const TOP_FOLDERS = ['app', 'components', 'docs', 'e2e', 'lib', 'prisma', 'public', '.ci'];

/** Every path that a document of the project names and that does not exist. */
export function missingPaths(root: string): MissingPath[] {
  return documentsOf(root).flatMap((document) => {
    const text = readFileSync(join(root, document), 'utf8');
    const fromRoot = namedPaths(text).filter((path) => !existsSync(join(root, path)));
    const beside = linkedPaths(text).filter(
      (path) => !existsSync(join(root, dirname(document), path)),
    );
    return [...fromRoot, ...beside].map((path) => ({ document, path }));
  });
}

function documentsOf(root: string): string[] {
  const top = readdirSync(root).filter((name) => name.endsWith('.md'));
  const docs = existsSync(join(root, 'docs'))
    ? readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
        // The examples have packages of their own, whose documents are not ours.
        .filter((name) => name.endsWith('.md') && !name.includes('node_modules'))
        .map((name) => relative('.', join('docs', name)))
    : [];
  return [...top, ...docs];
}

/** Paths from the project root in backticks. A pattern counts up to its first placeholder. */
export function namedPaths(text: string): string[] {
  return [...text.matchAll(/`([^`\s]+)`/g)]
    .map((match) => match[1] ?? '')
    .filter((path) => TOP_FOLDERS.some((folder) => path.startsWith(`${folder}/`)))
    .map((path) => path.replace(/:\d+$/, '').replace(/[^/]*[*<{[(:].*$/, ''))
    .filter((path) => !/\.{3}|NNNN/.test(path));
}

/** Targets of links and pictures that lie in the project, relative to the document. */
export function linkedPaths(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)(?:\s+"[^"]*")?\)/g)]
    .map((match) => (match[1] ?? '').replace(/#.*$/, ''))
    .filter((target) => target !== '' && !/^[a-z]+:|^\//i.test(target));
}
