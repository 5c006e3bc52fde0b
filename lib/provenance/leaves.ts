import { MAX_LEAVES, MAX_PATH_CHARS } from './bounds';

/** A scalar within the arguments of a call. */
export interface Leaf {
  /** JSON Pointer. */
  readonly path: string;
  readonly value: string | number | boolean | null;
}

export interface Leaves {
  readonly leaves: readonly Leaf[];
  /** False when there are more or deeper ones than are looked at. */
  readonly complete: boolean;
}

/** The scalar leaves in document order, within the bounds of `bounds.ts`; values that are no JSON are left out. */
export function leavesOf(value: unknown): Leaves {
  const leaves: Leaf[] = [];
  const complete = collect(value, '', leaves);
  return { leaves, complete };
}

function collect(value: unknown, path: string, leaves: Leaf[]): boolean {
  if (leaves.length >= MAX_LEAVES || path.length > MAX_PATH_CHARS) return false;
  if (isScalar(value)) {
    leaves.push({ path, value });
    return true;
  }
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, inner]) =>
    collect(inner, `${path}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`, leaves),
  );
}

function isScalar(value: unknown): value is Leaf['value'] {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
