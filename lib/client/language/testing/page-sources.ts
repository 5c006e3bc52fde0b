/** Which features a page is made of, told from its imports. */
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { sourceOf } from './sentences';

const PAGES = 'app/[workspace]/(console)';

/** The pages of the console: the file, and an address it answers ("/acme/agents/1"). */
export function consolePages(): { file: string; address: string }[] {
  return ts.sys.readDirectory(PAGES, ['.tsx'], undefined, ['**/page.tsx']).map((found) => {
    const file = found.replace(`${process.cwd()}/`, '');
    const below = file.slice(PAGES.length, -'/page.tsx'.length).replace(/\[\w+\]/g, '1');
    return { file, address: `/acme${below}` };
  });
}

function resolved(from: string, name: string): string | undefined {
  const base = name.startsWith('@/') ? name.slice(2) : join(dirname(from), name);
  if (!name.startsWith('@/') && !name.startsWith('.')) return undefined;
  return ['.ts', '.tsx', '/index.ts', '/index.tsx'].map((end) => base + end).find(existsSync);
}

function importsOf(file: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : undefined;
    if (named && ts.isStringLiteral(named)) found.push(named.text);
    ts.forEachChild(node, visit);
  };
  visit(sourceOf(file));
  return found.flatMap((name) => resolved(file, name) ?? []);
}

/** The folders of `components` that a file reaches through what it imports, at once or late. */
export function foldersReachedBy(file: string): Set<string> {
  const seen = new Set<string>();
  const reach = (at: string): void => {
    if (seen.has(at)) return;
    seen.add(at);
    importsOf(at)
      .filter((next) => next.startsWith('components/'))
      .forEach(reach);
  };
  reach(file);
  return new Set([...seen].flatMap((at) => /^components\/([^/]+)\//.exec(at)?.[1] ?? []));
}

/** The folders of `components`. */
export function componentFolders(): string[] {
  return readdirSync('components', { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name);
}
