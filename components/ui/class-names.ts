import { clsx, type ClassValue } from 'clsx';

/** Joins class names, leaving out what is falsy. */
export function cx(...values: ClassValue[]): string {
  return clsx(values);
}
