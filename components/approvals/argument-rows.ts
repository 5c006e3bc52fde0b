import type { ApprovalDetail, Json } from '@/lib/contracts';

/**
 * The arguments of a call as rows, one for every value, in the order they are stored. Nothing is dropped: what the page
 * folds it folds by these rows, and says how much.
 */
export interface ArgumentRow {
  /** JSON Pointer (RFC 6901) within the arguments; `resource/properties/...` for what the call is about. */
  readonly path: string;
  /** The same as one would write it in code: `recipients[0].email`. */
  readonly label: string;
  readonly value: ArgumentValue;
  readonly origin: ArgumentOrigin | null;
}

export type ArgumentValue =
  | { readonly kind: 'string'; readonly text: string }
  /** Numbers, booleans, null, `{}` and `[]`, as JSON. */
  | { readonly kind: 'literal'; readonly text: string };

export type ArgumentOrigin = ApprovalDetail['provenance'][number];

/** Values of lists beyond this many are folded in the middle. */
const LIST_FOLD = 24;

/** Every value an approval covers: the arguments, and what the agent says of the resource. */
export function rowsOf({ action, resource, provenance }: RowsInput): ArgumentRow[] {
  return [
    ...argumentRows(action.properties.arguments, provenance),
    ...rowsBelow('resource/properties', 'resource', resource.properties ?? {}, provenance),
  ];
}

type RowsInput = Pick<ApprovalDetail, 'action' | 'resource' | 'provenance'>;

/** Walks the arguments without recursion, so that no depth can exhaust the stack. */
export function argumentRows(
  args: Readonly<Record<string, Json>>,
  provenance: readonly ArgumentOrigin[],
): ArgumentRow[] {
  return rowsBelow('', '', args, provenance);
}

function rowsBelow(
  from: string,
  name: string,
  values: Readonly<Record<string, Json>>,
  provenance: readonly ArgumentOrigin[],
): ArgumentRow[] {
  const origins = new Map(provenance.map((entry) => [normalPointer(entry.path), entry]));
  const rows: ArgumentRow[] = [];
  const stack: { path: string; label: string; value: Json }[] = children(from, name, {
    ...values,
  });
  while (stack.length > 0) {
    const { path, label, value } = stack.pop() as (typeof stack)[number];
    if (isBranch(value)) {
      stack.push(...children(path, label, value));
      continue;
    }
    rows.push({
      path,
      label,
      value:
        typeof value === 'string'
          ? { kind: 'string', text: value }
          : { kind: 'literal', text: JSON.stringify(value) },
      origin: originOf(origins, path),
    });
  }
  return rows;
}

export type RowGroup =
  | { readonly kind: 'rows'; readonly rows: readonly ArgumentRow[] }
  /** Rows left out of the first view, with the list they belong to. */
  | { readonly kind: 'fold'; readonly id: string; readonly rows: readonly ArgumentRow[] };

const NONE: ReadonlySet<ArgumentRow> = new Set();

/**
 * Splits rows into shown and folded runs: a long argument keeps its first and last values. Rows that came only from text
 * the agent read are never folded away.
 *
 * @param marked rows that are never folded away either
 */
export function groupRows(
  rows: readonly ArgumentRow[],
  marked: ReadonlySet<ArgumentRow> = NONE,
): RowGroup[] {
  const runs = new Map<string, ArgumentRow[]>();
  for (const row of rows) {
    const top = row.path.startsWith('/') ? (row.path.split('/')[1] ?? '') : 'resource/';
    const run = runs.get(top);
    if (run) run.push(row);
    else runs.set(top, [row]);
  }
  return [...runs].flatMap(([top, run]) => foldRun(top, run, marked));
}

function foldRun(
  top: string,
  run: readonly ArgumentRow[],
  marked: ReadonlySet<ArgumentRow>,
): RowGroup[] {
  if (run.length <= LIST_FOLD) return [{ kind: 'rows', rows: run }];
  const head = LIST_FOLD / 2;
  const tail = run.length - LIST_FOLD / 4;
  const groups: RowGroup[] = [];
  run.forEach((row, index) => {
    const pointedAt = row.origin?.origin === 'third_party' || marked.has(row);
    const shown = index < head || index >= tail || pointedAt;
    const kind = shown ? 'rows' : 'fold';
    const last = groups.at(-1);
    if (last?.kind === kind) (last.rows as ArgumentRow[]).push(row);
    else if (kind === 'rows') groups.push({ kind, rows: [row] });
    else groups.push({ kind, id: `${top}:${index}`, rows: [row] });
  });
  return groups;
}

/** The element's id that shows a row, for links to it: plain characters only, and another for every path. */
export function anchorOf({ path }: Pick<ArgumentRow, 'path'>): string {
  return `value${path.replace(/[^\w/.-]/g, (char) => `:${char.charCodeAt(0).toString(16)}:`)}`;
}

function children(path: string, label: string, branch: Json[] | Record<string, Json>) {
  const entries = Array.isArray(branch)
    ? branch.map((value, index) => ({
        path: `${path}/${index}`,
        label: `${label}[${index}]`,
        value,
      }))
    : Object.entries(branch).map(([key, value]) => ({
        path: `${path}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`,
        label: memberLabel(label, key),
        value,
      }));
  return entries.reverse();
}

function memberLabel(label: string, key: string): string {
  const plain = /^[A-Za-z_$][\w$-]*$/.test(key);
  if (!plain) return `${label}[${JSON.stringify(key)}]`;
  return label === '' ? key : `${label}.${key}`;
}

function isBranch(value: Json): value is Json[] | Record<string, Json> {
  if (value === null || typeof value !== 'object') return false;
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

/** The origin of a value: its own, or that of the closest branch above it. */
function originOf(
  origins: ReadonlyMap<string, ArgumentOrigin>,
  path: string,
): ArgumentOrigin | null {
  let at = path;
  for (;;) {
    const found = origins.get(at);
    if (found) return found;
    if (at === '') return null;
    at = at.slice(0, Math.max(0, at.lastIndexOf('/')));
  }
}

function normalPointer(path: string): string {
  return /^(?:$|\/|resource\/)/.test(path) ? path : `/${path}`;
}
