import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openApiDocument } from './document';
import { SCHEMAS, SECURITY_SCHEMES } from './components';
import { TAGS } from './operation';
import { OPERATIONS } from './operations';

/** Folders of `app` whose routes are the wire; sign-in and the catch-all for unknown paths are not. */
const WIRE = [
  'app/api/v1',
  'app/api/health',
  'app/api/openapi.json',
  'app/access',
  'app/oauth',
  'app/.well-known',
  'app/v1',
];

/** What the routes answer, as `GET /api/v1/agents/{id}`. */
function mountedCalls(): string[] {
  return WIRE.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file === 'route.ts' || file.endsWith('/route.ts'))
      .flatMap((file) => {
        const path = `${folder}/${file}`
          .replace(/^app/, '')
          .replace(/\/route\.ts$/, '')
          .replace(/\[(\w+)\]/g, '{$1}');
        const source = readFileSync(`${folder}/${file}`, 'utf8');
        return [...source.matchAll(/\b(?:as|const) (GET|POST|PUT|PATCH|DELETE)\b/g)].map(
          ([, method = '']) => `${method} ${path}`,
        );
      }),
  ).sort();
}

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;

/** Every object of the document, with the document itself. */
function nodesOf(value: unknown): Node[] {
  if (!isNode(value)) return [];
  return [value, ...Object.values(value).flatMap(nodesOf)];
}

const document = JSON.parse(JSON.stringify(openApiDocument())) as {
  openapi: string;
  paths: Record<string, Record<string, Node>>;
  components: { schemas: Node; securitySchemes: Node };
};
const calls = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
);

describe('the table of operations', () => {
  it('has a row for every call that is mounted, and no row without a mount', () => {
    const rows = OPERATIONS.map(({ method, path }) => `${method.toUpperCase()} ${path}`);
    expect([...rows].sort()).toEqual(mountedCalls());
  });

  it('gives every operation a name of its own', () => {
    expect(new Set(OPERATIONS.map(({ id }) => id)).size).toBe(OPERATIONS.length);
  });

  it('has an answer unless the status is 204 or a standard wants none', () => {
    const odd = OPERATIONS.filter(
      ({ status, answer, emptyBy }) =>
        (status === 204 || emptyBy !== undefined) === (answer !== undefined),
    );
    expect(odd.map(({ id }) => id)).toEqual([]);
  });
});

describe('the document', () => {
  it('is OpenAPI 3.1 with one operation for each row', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(calls).toHaveLength(OPERATIONS.length);
  });

  it('refers only to what it defines', () => {
    const broken = nodesOf(document)
      .map((node) => node['$ref'])
      .filter((ref): ref is string => typeof ref === 'string')
      .filter((ref) => {
        const steps = ref.replace(/^#\//, '').split('/');
        return (
          steps.reduce<unknown>((node, step) => isNode(node) && node[step], document) === undefined
        );
      });
    expect(broken).toEqual([]);
  });

  it('uses every schema it names', () => {
    const text = JSON.stringify(document);
    const unused = Object.keys(SCHEMAS).filter(
      (name) => !text.includes(`"#/components/schemas/${name}"`),
    );
    expect(unused).toEqual([]);
  });

  it('declares every parameter of a path, and requires it', () => {
    for (const { path, operation } of calls) {
      const declared = (operation['parameters'] as Node[] | undefined) ?? [];
      const inPath = declared.filter((parameter) => parameter['in'] === 'path');
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect(inPath.map((parameter) => parameter['name'])).toEqual(names);
      expect(inPath.every((parameter) => parameter['required'] === true)).toBe(true);
    }
  });

  it('answers every operation with one success, and with problem details otherwise', () => {
    for (const { operation } of calls) {
      const responses = operation['responses'] as Record<string, Node>;
      const statuses = Object.keys(responses);
      expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1);
      expect(statuses).toContain('default');
      for (const status of statuses.filter((name) => !name.startsWith('2')))
        expect(Object.keys(responses[status]?.['content'] ?? {})).toEqual([
          'application/problem+json',
        ]);
    }
  });

  it('says where a one-time password is refused: everywhere but for what concerns the person', () => {
    const open = calls
      .filter(({ operation }) => JSON.stringify(operation['security']).includes('session'))
      .filter(({ operation }) => !JSON.stringify(operation).includes('password_change_required'));
    expect(open.map(({ operation }) => operation['operationId'])).toEqual([
      'getMe',
      'changePassword',
    ]);
  });

  it('names only tags and security schemes it declares', () => {
    for (const { operation } of calls) {
      expect(Object.keys(TAGS)).toEqual(expect.arrayContaining(operation['tags'] as string[]));
      for (const scheme of operation['security'] as Node[])
        expect(SECURITY_SCHEMES).toHaveProperty(Object.keys(scheme)[0] ?? '');
    }
  });

  it('is built once', () => {
    expect(openApiDocument()).toBe(openApiDocument());
  });
});
