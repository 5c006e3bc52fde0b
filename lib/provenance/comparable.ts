import { MAX_VALUE_CHARS } from './bounds';
import { normalise } from './normalise';

/** An argument in the form in which it is looked for. */
export function comparable(value: string): string {
  return withoutScheme(normalise(value.slice(0, MAX_VALUE_CHARS)).text.trim());
}

/** People write `example.org/x`, programs `https://example.org/x/`. */
function withoutScheme(value: string): string {
  return /^[a-z][a-z0-9+.-]{1,10}:\/\/\S+$/.test(value)
    ? withoutSlashes(value.replace(/^[a-z0-9+.-]+:\/\//, ''))
    : value;
}

/** A loop: a pattern for slashes at the end tries again at each of them, which takes minutes for a value that is full of them. */
function withoutSlashes(value: string): string {
  let end = value.length;
  while (end > 0 && value[end - 1] === '/') end -= 1;
  return value.slice(0, end);
}
