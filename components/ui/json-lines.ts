/**
 * JSON as indented lines, built without recursion so that hostile depth cannot overflow, with folds that always say how much
 * they hold. Pure.
 */

export interface JsonLine {
  /** JSON Pointer (RFC 6901) of the value on this line; "" is the whole. */
  path: string;
  depth: number;
  /** The member name, unescaped; undefined inside arrays. */
  name: string | undefined;
  kind: 'open' | 'close' | 'value' | 'fold';
  /** The text after the name: a bracket, a literal, or the raw string (kind "value", `isString`). */
  text: string;
  isString: boolean;
  comma: boolean;
  /** Only for folds: members and size in bytes of what is folded. */
  fold?: { members: number; bytes: number; shape: 'object' | 'array' };
}

interface Task {
  value: unknown;
  path: string;
  depth: number;
  name: string | undefined;
  comma: boolean;
  close?: string;
}

export interface FoldRules {
  /** Containers deeper than this start folded. */
  maxDepth: number;
  /** Containers with more members than this start folded. */
  maxMembers: number;
  /** Paths a person opened (true) or closed (false). */
  chosen: ReadonlyMap<string, boolean>;
}

export const byteLength = (text: string) => new TextEncoder().encode(text).length;
const escapePointer = (key: string) => key.replaceAll('~', '~0').replaceAll('/', '~1');
const isContainer = (value: unknown): value is Record<string, unknown> | unknown[] =>
  typeof value === 'object' && value !== null;

/** Size of a value as compact JSON, in bytes, without recursion. */
export function jsonBytes(value: unknown): number {
  let bytes = 0;
  const stack: unknown[] = [value];
  while (stack.length > 0) {
    const next = stack.pop();
    if (!isContainer(next)) {
      bytes += byteLength(JSON.stringify(next ?? null));
      continue;
    }
    const entries = Array.isArray(next)
      ? next.map((item) => ['', item] as const)
      : Object.entries(next);
    bytes += 2 + Math.max(0, entries.length - 1);
    for (const [key, item] of entries) {
      if (!Array.isArray(next)) bytes += byteLength(JSON.stringify(key)) + 1;
      stack.push(item);
    }
  }
  return bytes;
}

const isOpen = (task: Task, members: number, rules: FoldRules) =>
  rules.chosen.get(task.path) ??
  (task.path === '' || (task.depth < rules.maxDepth && members <= rules.maxMembers));

function containerLines(
  task: Task,
  value: Record<string, unknown> | unknown[],
  rules: FoldRules,
  stack: Task[],
): JsonLine {
  const array = Array.isArray(value);
  const keys = array ? value.map((_, index) => String(index)) : Object.keys(value);
  const [open, close] = array ? ['[', ']'] : ['{', '}'];
  const base = {
    path: task.path,
    depth: task.depth,
    name: task.name,
    isString: false,
    comma: task.comma,
  };
  if (keys.length === 0) return { ...base, kind: 'value', text: open + close };
  if (!isOpen(task, keys.length, rules)) {
    const shape = array ? 'array' : 'object';
    return {
      ...base,
      kind: 'fold',
      text: `${open} … ${close}`,
      fold: { members: keys.length, bytes: jsonBytes(value), shape },
    };
  }
  stack.push({ ...task, value: undefined, close });
  for (let index = keys.length - 1; index >= 0; index -= 1) {
    const key = keys[index]!;
    stack.push({
      value: array ? value[index] : value[key],
      path: `${task.path}/${escapePointer(key)}`,
      depth: task.depth + 1,
      name: array ? undefined : key,
      comma: index < keys.length - 1,
    });
  }
  return { ...base, kind: 'open', text: open, comma: false };
}

/** The lines of a JSON value under the fold rules, top to bottom. */
export function jsonLines(value: unknown, rules: FoldRules): JsonLine[] {
  const lines: JsonLine[] = [];
  const stack: Task[] = [{ value, path: '', depth: 0, name: undefined, comma: false }];
  while (stack.length > 0) {
    const task = stack.pop()!;
    const base = { path: task.path, depth: task.depth, name: task.name, comma: task.comma };
    if (task.close)
      lines.push({ ...base, name: undefined, kind: 'close', text: task.close, isString: false });
    else if (isContainer(task.value)) lines.push(containerLines(task, task.value, rules, stack));
    else if (typeof task.value === 'string')
      lines.push({ ...base, kind: 'value', text: task.value, isString: true });
    else
      lines.push({
        ...base,
        kind: 'value',
        text: JSON.stringify(task.value ?? null),
        isString: false,
      });
  }
  return lines;
}
